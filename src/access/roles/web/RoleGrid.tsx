import type { Label } from '#platform/fields/field.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { QuietSelect } from '#ui/QuietSelect.tsx'
import {
  type Grant,
  grantLabels,
  grantOf,
  grants,
  type Kind,
  type Rights,
  type Verb,
  verbLabels,
  verbs,
} from '../rules.ts'
import { roleWords } from './messages.ts'

type Props = {
  rights: Rights
  kinds: readonly Kind[]
  onChange: (kinds: Rights['kinds']) => void
  disabled: boolean
}

/** How far each verb reaches over each kind of record; a row per kind, on a phone a block per kind. */
export const RoleGrid = ({ rights, kinds, onChange, disabled }: Props) => {
  const w = useMessages(roleWords)
  const label = useLabel()
  const rows = [
    { name: '*', label: w.others },
    ...kinds.map((kind) => ({ name: kind.name, label: label(kind.label) })),
  ]
  const set = (kind: string, verb: Verb, grant: Grant | undefined) => {
    const { [verb]: _, ...rest } = rights.kinds[kind] ?? {}
    onChange({ ...rights.kinds, [kind]: { ...rest, ...(grant && { [verb]: grant }) } })
  }
  return (
    <table className="role-grid" aria-label={w.what}>
      <thead>
        <tr>
          <td />
          {verbs.map((verb) => (
            <th scope="col" key={verb}>
              {label(verbLabels[verb])}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.label}</th>
            {verbs.map((verb) => (
              <td key={verb}>
                <span className="role-verb" aria-hidden="true">
                  {label(verbLabels[verb])}
                </span>
                <Cell
                  name={`${row.label} ${label(verbLabels[verb])}`}
                  own={rights.kinds[row.name]?.[verb]}
                  usual={row.name === '*' ? undefined : grantOf(rights, '*', verb)}
                  onChange={(grant) => set(row.name, verb, grant)}
                  disabled={disabled}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type CellProps = {
  name: string
  own: Grant | undefined
  /** What the default row says; undefined in that row itself. */
  usual: Grant | undefined
  onChange: (grant: Grant | undefined) => void
  disabled: boolean
}

const Cell = ({ name, own, usual, onChange, disabled }: CellProps) => {
  const w = useMessages(roleWords)
  const label = useLabel()
  const short = (grant: Grant) => label(shortLabels[grant] ?? grantLabels[grant])
  const inherited = own === undefined && usual !== undefined
  const shown = own ?? usual ?? 'none'
  const text = short(shown)
  if (disabled) return <span className="quiet">{text}</span>
  const choices = [
    ...(usual ? [{ value: 'usual' as const, label: w.byDefault(short(usual)) }] : []),
    ...grants.map((value) => ({ value, label: label(grantLabels[value]) })),
  ]
  return (
    <span
      className="role-cell"
      data-inherited={inherited || undefined}
      data-none={shown === 'none' || undefined}
    >
      <QuietSelect
        label={name}
        value={inherited ? 'usual' : shown}
        shown={text}
        choices={choices}
        onChange={(value) => onChange(value === 'usual' ? undefined : value)}
      />
    </span>
  )
}

const shortLabels: Partial<Record<Grant, Label>> = {
  none: { zh: '—', en: '—' },
  subtree: { zh: '部门及下级', en: 'Dept. and below' },
  listed: { zh: '指定部门', en: 'Listed' },
  personal: { zh: '按人员', en: 'Per person' },
}
