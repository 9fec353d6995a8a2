import type { ReactNode } from 'react'
import { formatMoney } from '#platform/china/money.ts'
import { formatPhone } from '#platform/china/phone.ts'
import type { Field } from '#platform/fields/field.ts'
import { nameOf, useClock, useDirectory } from './directory.tsx'
import { FilesShown } from './FilesShown.tsx'
import { useLabel, useLocale, useMarks, useMessages } from './locale.tsx'
import { sayNumber } from './numbers.ts'
import { regionPath } from './regionNames.ts'
import { fullDay, fullInstant, sayDay, sayInstant } from './time.ts'
import { words } from './words.ts'

type Props = {
  field: Field
  value: unknown
  /** In a table: dates relative, long things short, nothing that takes a click from the row. */
  brief?: boolean
}

/** Shows one value as its kind asks for. Nothing stays blank: an empty value is a quiet dash. */
export const FieldValue = (props: Props): ReactNode => {
  const w = useMessages(words)
  const { value } = props
  if (value === null || value === undefined || value === '' || isEmptyList(value))
    return <span className="none">{w.none}</span>
  return <Shown {...props} />
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0

const Shown = ({ field, value, brief }: Props): ReactNode => {
  if (field.kind === 'file') return <FilesShown value={value} brief={brief} />
  if (Array.isArray(value))
    return <Several field={field} values={value.map(String)} brief={brief} />
  switch (field.kind) {
    case 'choice':
      return <Choice field={field} value={String(value)} />
    case 'person':
    case 'department':
      return <Principal kind={field.kind} id={Number(value)} />
    case 'region':
      return <Region code={String(value)} brief={brief} />
    case 'date':
      return <Day value={String(value)} brief={brief} />
    case 'dateTime':
      return <Instant value={String(value)} brief={brief} />
    case 'money':
      return <span className="figure">{formatMoney(Number(value))}</span>
    case 'integer':
    case 'number':
      return <Figure value={Number(value)} />
    case 'bool':
      return <YesNo value={value === true} />
    case 'phone':
      return <Phone value={String(value)} brief={brief} />
    case 'email':
      return brief ? String(value) : <a href={`mailto:${String(value)}`}>{String(value)}</a>
    case 'link':
      return brief ? bareLink(String(value)) : <Outward href={String(value)} />
    case 'longText':
      return <span className={brief ? undefined : 'long-text'}>{String(value)}</span>
    case 'code':
    case 'idNumber':
    case 'bankAccount':
      return <span className="figure">{String(value)}</span>
    default:
      return String(value)
  }
}

type Brief = { brief: boolean | undefined }

const Several = (props: { field: Field; values: string[] } & Brief) => {
  const { field, brief } = props
  const label = useLabel()
  const { listed } = useMarks()
  const values = props.values.map((value) => {
    const choice = field.choices?.find((each) => each.value === value)
    return choice ? label(choice.label) : value
  })
  if (field.kind === 'phones')
    return brief ? (
      <Phone value={values[0] ?? ''} brief />
    ) : (
      <span className="several">
        {values.map((value) => (
          <Phone key={value} value={value} brief={brief} />
        ))}
      </span>
    )
  const shown = brief ? fitting(values) : values
  return (
    <span className="tags" title={brief ? listed(values) : undefined}>
      {shown.map((value) => (
        <span className="tag" key={value}>
          {value}
        </span>
      ))}
      {shown.length < values.length && (
        <span className="quiet">+{values.length - shown.length}</span>
      )}
    </span>
  )
}

// What a column of 200 px holds, counting a tag's edges as two letters.
const room = 14

/** As many tags as fit whole; the first one always. */
const fitting = (values: string[]) => {
  let used = 0
  return values.filter((value, place) => {
    used += value.length + 2
    return place === 0 || used <= room
  })
}

const Choice = ({ field, value }: { field: Field; value: string }) => {
  const label = useLabel()
  const choice = field.choices?.find((each) => each.value === value)
  return choice ? label(choice.label) : value
}

const Principal = ({ kind, id }: { kind: 'person' | 'department'; id: number }) => {
  const { people, departments } = useDirectory()
  return nameOf(kind === 'person' ? people : departments, id) ?? `#${id}`
}

const Region = ({ code, brief }: { code: string } & Brief) => {
  const { regionOf } = useDirectory()
  const path = regionPath(regionOf, code)
  return brief ? (path.at(-1) ?? '') : path.join(' ') || code
}

const Day = ({ value, brief }: { value: string } & Brief) => {
  const { today } = useDirectory()
  const locale = useLocale()
  return (
    <time dateTime={value} title={brief ? fullDay(value, locale) : undefined}>
      {brief ? sayDay(value, today, locale) : fullDay(value, locale)}
    </time>
  )
}

const Instant = ({ value, brief }: { value: string } & Brief) => {
  const clock = useClock()
  return (
    <time dateTime={value} title={fullInstant(value, clock)}>
      {brief ? sayInstant(value, clock) : fullInstant(value, clock)}
    </time>
  )
}

const Figure = ({ value }: { value: number }) => (
  <span className="figure">{sayNumber(value, useLocale())}</span>
)

const YesNo = ({ value }: { value: boolean }) => {
  const w = useMessages(words)
  return value ? w.yes : w.no
}

const Phone = ({ value, brief }: { value: string } & Brief) => {
  const said = <span className="figure">{formatPhone(value)}</span>
  return brief || value.includes('*') ? said : <a href={`tel:${value}`}>{said}</a>
}

const Outward = ({ href }: { href: string }) => (
  <a href={href} target="_blank" rel="noopener noreferrer">
    {bareLink(href)}
  </a>
)
const bareLink = (href: string) => href.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')
