import { Input } from 'antd'
import { useState } from 'react'
import { type ListView, withSearch } from '#platform/views/listView.ts'
import type { SavedView } from '#platform/views/model.ts'
import { Confirm } from './Confirm.tsx'
import { useDirectory } from './directory.tsx'
import { listWords } from './listWords.ts'
import { useMessages } from './locale.tsx'
import { Select } from './Select.tsx'
import { useToast } from './Toasts.tsx'
import { words } from './words.ts'

type Props = { view: ListView; saved: SavedView | undefined; onClose: () => void }

// The principal that every row of the firm carries: everyone in it.
const everyone = 1

/** The name of a view and who sees it besides its owner. */
export const ViewForm = ({ view, saved, onClose }: Props) => {
  const w = useMessages(listWords)
  const u = useMessages(words)
  const toast = useToast()
  const { departments, may } = useDirectory()
  const [name, setName] = useState(saved?.name ?? '')
  const [sharedWith, setSharedWith] = useState<readonly number[]>(saved?.shared_with ?? [])
  const q = saved ? saved.definition.q : view.query.q
  const [searching, setSearching] = useState(saved !== undefined)
  const save = async () => {
    if (saved)
      await view.update(saved, {
        ...{ name, shared_with: sharedWith },
        ...(q && !searching && { definition: withSearch(saved.definition, undefined) }),
      })
    else await view.save(name, sharedWith, searching)
    toast({ text: w.saved(name) })
  }
  const options = [
    ...(may('views.share') ? [{ value: everyone, label: w.everyone }] : []),
    ...departments.map((each) => ({ value: each.id, label: each.name })),
  ]
  return (
    <Confirm
      title={saved ? w.renameTitle : w.saveTitle}
      ok={u.save}
      ready={name.trim() !== ''}
      act={save}
      onClose={onClose}
    >
      <div className="form-line">
        <label htmlFor="view-name">{w.viewName}</label>
        <Input
          id="view-name"
          autoFocus
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="form-line">
        <label htmlFor="view-shared">{w.sharedWith}</label>
        <Select
          id="view-shared"
          mode="multiple"
          placeholder={w.onlyMe}
          options={options}
          value={[...sharedWith]}
          onChange={(chosen: number[]) => setSharedWith(chosen)}
          style={{ width: '100%' }}
        />
      </div>
      {q && (
        <label className="tick">
          <input type="checkbox" checked={searching} onChange={() => setSearching(!searching)} />
          {w.withSearch(q)}
        </label>
      )}
    </Confirm>
  )
}
