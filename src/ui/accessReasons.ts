import { messages } from './messages.ts'

/** Why a change of people, posts and roles is refused. */
export const accessReasons = messages({
  zh: {
    too_many_plain_views: '这一小时里查看得太多了，请过一会儿再试',
    rights_beyond_own: '这会给出自己没有的权限，请由管理员来做',
    administrator_stays: '管理员的权限不能改动，可复制一份再改',
    administrator_by_hand: '管理员只能直接指定给人，不能放进岗位',
    built_in_role_stays: '自带的角色不能删除，可以修改',
    role_in_use: '还有人或岗位用着这个角色，请先换掉',
    role_unknown: '没有这个角色，请重新选择',
    post_in_use: '还有人在这个岗位上，请先换掉',
    post_unknown: '没有这个岗位，请重新选择',
    name_taken: '这个名称已经有了，请换一个',
    permission_unknown: '没有这项权限，请刷新后再试',
  },
  en: {
    too_many_plain_views: 'You looked at too many within this hour; try again later',
    rights_beyond_own: 'This would give rights that you do not hold; ask an administrator',
    administrator_stays: 'The administrator’s rights stay; copy the role and change the copy',
    administrator_by_hand: 'Administrators are named one by one, not by a post',
    built_in_role_stays: 'A built-in role can be changed, not deleted',
    role_in_use: 'People or posts still hold this role; give them another first',
    role_unknown: 'There is no such role; choose again',
    post_in_use: 'People still hold this post; give them another first',
    post_unknown: 'There is no such post; choose again',
    name_taken: 'This name is there already; choose another',
    permission_unknown: 'There is no such permission; reload and try again',
  },
})
