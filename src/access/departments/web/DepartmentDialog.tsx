import { Input } from 'antd'
import { useState } from 'react'
import { Confirm } from '#ui/Confirm.tsx'
import { useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { Select } from '#ui/Select.tsx'
import { useToast } from '#ui/Toasts.tsx'
import {
  type Branch,
  type Department,
  type DepartmentWrite,
  useDepartmentWrite,
} from './departments.ts'
import { departmentWords } from './messages.ts'

export type Wish = { do: DepartmentWrite['do']; department: Department }

type Props = { wish: Wish; branches: readonly Branch[]; onClose: () => void }

/** One change of the tree: what it will be, asked once. */
export const DepartmentDialog = ({ wish, branches, onClose }: Props) => {
  const w = useMessages(departmentWords)
  const toast = useToast()
  const { department } = wish
  const [name, setName] = useState(wish.do === 'rename' ? department.name : '')
  const [parent, setParent] = useState(department.parent_id)
  const write = useDepartmentWrite()
  const plan = planOf(wish, name.trim(), parent)
  const words = useWords(wish, name.trim(), branches.find(({ id }) => id === parent)?.name ?? '')
  const save = async () => {
    if (!plan) return
    await write.mutateAsync(plan)
    toast({ text: words.done })
  }
  const shared = { title: words.title, ok: words.ok, act: save, onClose }
  if (wish.do === 'remove') return <Confirm {...shared} text={w.removeText} stay={w.keep} danger />
  return (
    <Confirm {...shared} ready={plan !== undefined}>
      {wish.do === 'move' ? (
        <PlainField label={w.parent} note={w.moveHelp}>
          {({ id }) => (
            <Select
              id={id}
              autoFocus
              value={parent}
              options={branches
                .filter((each) => each.id !== department.id && !each.path.includes(department.id))
                .map((each) => ({
                  value: each.id,
                  label: `${'　'.repeat(each.depth)}${each.name}`,
                }))}
              onChange={(value: number) => setParent(value)}
            />
          )}
        </PlainField>
      ) : (
        <PlainField label={w.name}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </PlainField>
      )}
    </Confirm>
  )
}

/** The write that is wished, once it is complete and changes something. */
const planOf = (
  { do: what, department }: Wish,
  name: string,
  parent: number | null,
): DepartmentWrite | undefined => {
  if (what === 'remove') return { do: what, department }
  if (what === 'add') return name ? { do: what, name, parent_id: department.id } : undefined
  if (what === 'rename')
    return name && name !== department.name ? { do: what, department, name } : undefined
  return parent !== null && parent !== department.parent_id
    ? { do: what, department, parent_id: parent }
    : undefined
}

const useWords = ({ do: what, department }: Wish, name: string, parent: string) => {
  const w = useMessages(departmentWords)
  const own = department.name
  return {
    add: { title: w.addTitle(own), ok: w.add, done: w.added(name) },
    rename: { title: w.renameTitle(own), ok: w.save, done: w.renamed(name) },
    move: { title: w.moveTitle(own), ok: w.doMove, done: w.moved(own, parent) },
    remove: { title: w.removeTitle(own), ok: w.remove, done: w.removed(own) },
  }[what]
}
