import { Button } from 'antd'
import { Ellipsis, FolderPlus, MoveRight, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useDirectory } from '#ui/directory.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { Menu, type MenuItem } from '#ui/Menu.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { DepartmentDialog, type Wish } from './DepartmentDialog.tsx'
import { type Branch, branchesOf, useDepartments } from './departments.ts'
import { departmentWords } from './messages.ts'
import './departments.css'

/** The organisation as a tree: add, rename, move, delete. */
export const DepartmentsPage = () => {
  const w = useMessages(departmentWords)
  const { data, error, refetch } = useDepartments()
  const [wish, setWish] = useState<Wish>()
  usePageTitle(w.departments)
  if (error && !data) return <Failure failure={error} onRetry={() => refetch()} />
  const branches = branchesOf(data?.items ?? [])
  const [top] = branches
  return (
    <div className="page-body tree">
      <p className="quiet">{branches.length === 1 ? w.onlyTop : w.lead}</p>
      <header className="settings-head">
        <h2>{w.departments}</h2>
        <Button
          type="primary"
          icon={<Plus />}
          disabled={!top}
          onClick={() => top && setWish({ do: 'add', department: top })}
        >
          {w.add}
        </Button>
      </header>
      {!data && <SkeletonText lines={6} />}
      <ul aria-label={w.departments}>
        {branches.map((branch) => (
          <Line key={branch.id} branch={branch} branches={branches} onWish={setWish} />
        ))}
      </ul>
      {wish && (
        <DepartmentDialog wish={wish} branches={branches} onClose={() => setWish(undefined)} />
      )}
    </div>
  )
}

type LineProps = { branch: Branch; branches: readonly Branch[]; onWish: (wish: Wish) => void }

const Line = ({ branch, branches, onWish }: LineProps) => {
  const w = useMessages(departmentWords)
  const members = useMembers(branch.id)
  const filled = members > 0 || branches.some(({ parent_id }) => parent_id === branch.id)
  const isTop = branch.parent_id === null
  const wish = (what: Wish['do']) => () => onWish({ do: what, department: branch })
  const items: MenuItem[] = [
    { key: 'add', label: w.addBelow, icon: <FolderPlus />, run: wish('add') },
    { key: 'rename', label: w.rename, icon: <Pencil />, run: wish('rename') },
    ...(isTop
      ? []
      : [
          { key: 'move', label: w.move, icon: <MoveRight />, run: wish('move') },
          {
            key: 'remove',
            label: w.remove,
            icon: <Trash2 />,
            danger: !filled,
            disabled: filled,
            ...(filled && { hint: w.notEmpty }),
            run: wish('remove'),
          },
        ]),
  ]
  return (
    <li className="branch" style={{ paddingLeft: branch.depth * 24 }}>
      <span className="branch-name">{branch.name}</span>
      {members > 0 && <span className="quiet">{w.people(members)}</span>}
      <Menu label={w.more(branch.name)} items={items}>
        <button type="button" className="icon-button" aria-label={w.more(branch.name)}>
          <Ellipsis />
        </button>
      </Menu>
    </li>
  )
}

const useMembers = (department: number) => {
  const { people } = useDirectory()
  return people.filter((person) => person.active && person.department_id === department).length
}
