import { Button } from 'antd'
import { Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Dictionary } from '#platform/dictionaries/contract.ts'
import { Confirm } from '#ui/Confirm.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useLabel, useMarks, useMessages } from '#ui/locale.tsx'
import { Menu } from '#ui/Menu.tsx'
import { Parts } from '#ui/Parts.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { DictionaryForm } from './DictionaryForm.tsx'
import { type Shape, useDefinitions } from './definitions.ts'
import { dictionaryWords } from './dictionaryWords.ts'
import { useShapeWrite } from './shaping.ts'
import './fields.css'

/** The lists of choices that several fields share. */
export const DictionariesPage = ({ shapes }: { shapes: readonly Shape[] }) => {
  const w = useMessages(dictionaryWords)
  const { data, error, refetch } = useDefinitions()
  const [open, setOpen] = useState<Dictionary | 'new'>()
  const [removing, setRemoving] = useState<Dictionary>()
  usePageTitle(w.dictionaries)
  if (error && !data) return <Failure failure={error} onRetry={() => refetch()} />
  if (!data) return <SkeletonText lines={6} />
  return (
    <div className="page-body fields-page">
      <p className="quiet">{w.lead}</p>
      <header className="settings-head">
        <h2>{w.dictionaries}</h2>
        <Button type="primary" icon={<Plus />} onClick={() => setOpen('new')}>
          {w.add}
        </Button>
      </header>
      <ul className="field-lines" aria-label={w.list}>
        {data.dictionaries.map((each) => (
          <Line
            key={each.id}
            dictionary={each}
            shapes={shapes}
            onOpen={() => setOpen(each)}
            onRemove={() => setRemoving(each)}
          />
        ))}
      </ul>
      {open && (
        <DictionaryForm
          {...(open !== 'new' && { kept: open })}
          onClose={() => setOpen(undefined)}
        />
      )}
      {removing && <Remove dictionary={removing} onClose={() => setRemoving(undefined)} />}
    </div>
  )
}

type LineProps = {
  dictionary: Dictionary
  shapes: readonly Shape[]
  onOpen: () => void
  onRemove: () => void
}

const Line = ({ dictionary, shapes, onOpen, onRemove }: LineProps) => {
  const w = useMessages(dictionaryWords)
  const label = useLabel()
  const { listed } = useMarks()
  const { zh, en } = dictionary.label
  const name = label({ zh, en: en || zh })
  const retired = dictionary.entries.filter((each) => each.retired).length
  const users = shapes.flatMap(({ entity }) =>
    Object.values(entity.fields).flatMap((field) =>
      field.dictionary === dictionary.id ? [w.place(label(entity.label), label(field.label))] : [],
    ),
  )
  return (
    <li className="field-line">
      <button type="button" className="link field-name" onClick={onOpen}>
        {name}
      </button>
      <Parts
        className="quiet field-marks"
        of={[
          w.count(dictionary.entries.length - retired),
          retired > 0 ? w.retired(retired) : undefined,
          users.length > 0 ? w.usedBy(listed(users)) : w.unused,
        ]}
      />
      <Menu
        label={w.more(name)}
        items={[
          { key: 'edit', label: w.edit, icon: <Pencil />, run: onOpen },
          {
            key: 'remove',
            label: w.remove,
            icon: <Trash2 />,
            danger: true,
            disabled: users.length > 0,
            ...(users.length > 0 && { hint: w.usedBy(listed(users)) }),
            run: onRemove,
          },
        ]}
      >
        <button type="button" className="icon-button" aria-label={w.more(name)}>
          <Ellipsis />
        </button>
      </Menu>
    </li>
  )
}

const Remove = ({ dictionary, onClose }: { dictionary: Dictionary; onClose: () => void }) => {
  const w = useMessages(dictionaryWords)
  const toast = useToast()
  const write = useShapeWrite()
  const { zh, en } = dictionary.label
  const name = useLabel()({ zh, en: en || zh })
  return (
    <Confirm
      title={w.removeTitle(name)}
      text={w.removeText}
      ok={w.remove}
      stay={w.keep}
      danger
      act={async () => {
        await write.mutateAsync({ do: 'deleteDictionary', dictionary })
        toast({ text: w.removed(name) })
      }}
      onClose={onClose}
    />
  )
}
