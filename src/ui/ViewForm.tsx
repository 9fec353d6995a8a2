import { Input, Modal } from 'antd'
import { useState } from 'react'
import { ApiProblem } from '#platform/door/client.ts'
import { type ListView, withSearch } from '#platform/views/listView.ts'
import type { SavedView } from '#platform/views/model.ts'
import { useDirectory } from './directory.tsx'
import { listWords } from './listWords.ts'
import { useMessages } from './locale.tsx'
import { Select } from './Select.tsx'
import { useToast } from './Toasts.tsx'
import { useReasons } from './useReasons.ts'
import { words } from './words.ts'

type Props = { view: ListView; saved: SavedView | undefined; onClose: () => void }

// The principal that every row of the firm carries: everyone in it.
const everyone = 1

/** The name of a view and who sees it besides its owner. */
export const ViewForm = ({ view, saved, onClose }: Props) => {
  const w = useMessages(listWords)
  const u = useMessages(words)
  const say = useReasons()
  const toast = useToast()
  const { departments, may } = useDirectory()
  const [name, setName] = useState(saved?.name ?? '')
  const [sharedWith, setSharedWith] = useState<readonly number[]>(saved?.shared_with ?? [])
  const q = saved ? saved.definition.q : view.query.q
  const [searching, setSearching] = useState(saved !== undefined)
  const [failure, setFailure] = useState<string>()
  const [saving, setSaving] = useState(false)
  const save = async () => {
    setSaving(true)
    try {
      if (saved)
        await view.update(saved, {
          ...{ name, shared_with: sharedWith },
          ...(q && !searching && { definition: withSearch(saved.definition, undefined) }),
        })
      else await view.save(name, sharedWith, searching)
      toast({ text: w.saved(name) })
      onClose()
    } catch (problem) {
      const refusal = problem instanceof ApiProblem ? (problem.errors[0] ?? problem) : undefined
      setFailure(say(refusal ?? { reason: 'fault' }))
    } finally {
      setSaving(false)
    }
  }
  const options = [
    ...(may('views.share') ? [{ value: everyone, label: w.everyone }] : []),
    ...departments.map((each) => ({ value: each.id, label: each.name })),
  ]
  return (
    <Modal
      open
      title={saved ? w.renameView : w.saveView}
      okText={u.save}
      cancelText={u.cancel}
      okButtonProps={{ disabled: name.trim() === '' }}
      confirmLoading={saving}
      onOk={() => void save()}
      onCancel={onClose}
      width={400}
    >
      <div className="form-line">
        <label htmlFor="view-name">{w.viewName}</label>
        <Input
          id="view-name"
          autoFocus
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={(event) => {
            if (!event.nativeEvent.isComposing && name.trim() !== '') void save()
          }}
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
      {failure && (
        <p className="late" role="alert">
          {failure}
        </p>
      )}
    </Modal>
  )
}
