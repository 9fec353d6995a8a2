import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import type { Entity } from '#platform/fields/entity.ts'
import type { Field, Fields } from '#platform/fields/field.ts'
import { mostFound, mostMatches } from '#platform/plainViews/keys.ts'
import { Anchor } from './Anchor.tsx'
import { Dialog } from './Dialog.tsx'
import { useDirectory } from './directory.tsx'
import { useFailureWords } from './Failure.tsx'
import { FieldValue } from './FieldValue.tsx'
import { useLabel, useMessages } from './locale.tsx'
import { PlainField } from './PlainField.tsx'
import { Select } from './Select.tsx'
import { wholeWords } from './wholeWords.ts'

/** A record that holds the value, as it is shown and where it is. */
export type FoundLine = {
  id: string
  href: string
  title: string
  under?: string
  value: unknown
}

/** Asks for a whole value and shows the records that hold it, as their list would. */
export const WholeFindDialog = (props: {
  entity: Entity
  fields: Fields
  search: (field: string, value: string) => Promise<FoundLine[]>
  title: string
  onClose: () => void
}) => {
  const { entity, fields } = props
  const w = useMessages(wholeWords)
  const label = useLabel()
  const say = useFailureWords()
  const { rightOf } = useDirectory()
  const [name, setName] = useState(() => Object.keys(fields)[0] ?? '')
  const [value, setValue] = useState('')
  const [sending, setSending] = useState(false)
  const [found, setFound] = useState<FoundLine[]>()
  const [refused, setRefused] = useState<string>()
  const field = fields[name]
  if (!field) return null
  const what = label(field.label)
  const masked = rightOf(entity.name, name) === 'masked'
  const begin = (next: { name?: string; value?: string }) => {
    if (next.name !== undefined) setName(next.name)
    setValue(next.value ?? (next.name === undefined ? value : ''))
    setFound(undefined)
    setRefused(undefined)
  }
  const find = async (event: FormEvent) => {
    event.preventDefault()
    const whole = value.trim()
    if (whole === '' || sending) return
    setSending(true)
    begin({})
    try {
      setFound(await props.search(name, whole))
    } catch (problem) {
      setRefused(w.refused(say(problem)))
    }
    setSending(false)
  }
  return (
    <Dialog title={props.title} footer={null} onCancel={props.onClose} width={460}>
      <form className="whole-find" onSubmit={find}>
        {Object.keys(fields).length > 1 && (
          <PlainField label={w.field}>
            {(control) => (
              <Select
                {...control}
                value={name}
                options={Object.entries(fields).map(([key, each]) => ({
                  value: key,
                  label: label(each.label),
                }))}
                onChange={(next) => begin({ name: next })}
              />
            )}
          </PlainField>
        )}
        <PlainField
          label={w.value(what)}
          note={masked ? `${w.note}${w.counted(mostMatches)}` : w.note}
        >
          {(control) => (
            <span className="whole-find-line">
              <Input
                {...control}
                autoFocus
                autoComplete="off"
                spellCheck={false}
                maxLength={300}
                value={value}
                onChange={(event) => begin({ value: event.target.value })}
              />
              <Button
                type="primary"
                htmlType="submit"
                loading={sending}
                disabled={value.trim() === ''}
              >
                {w.find}
              </Button>
            </span>
          )}
        </PlainField>
      </form>
      {refused && (
        <p role="alert" className="late">
          {refused}
        </p>
      )}
      <div role="status">
        {found?.length === 0 && <p className="quiet">{w.none(what)}</p>}
        {found && found.length > 0 && (
          <FoundLines field={field} lines={found} onOpen={props.onClose} />
        )}
      </div>
    </Dialog>
  )
}

const FoundLines = (props: { field: Field; lines: readonly FoundLine[]; onOpen: () => void }) => {
  const { field, lines } = props
  const w = useMessages(wholeWords)
  const many = lines.length >= mostFound
  return (
    <>
      <p className="quiet">{many ? w.foundMany(mostFound) : w.found(lines.length)}</p>
      <ul className="whole-found">
        {lines.map(({ id, href, title, under, value }) => (
          <li key={id}>
            <Anchor href={href} onClick={props.onOpen}>
              {title}
            </Anchor>
            <span className="quiet">
              {under && <span>{under}</span>}
              <FieldValue field={field} value={value} />
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
