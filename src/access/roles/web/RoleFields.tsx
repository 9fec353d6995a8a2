import { Input } from 'antd'
import { Search } from 'lucide-react'
import { useState } from 'react'
import type { Right } from '#platform/database/ctx.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { QuietSelect } from '#ui/QuietSelect.tsx'
import { fieldRights, levels, type Rights, rightLabels } from '../rules.ts'
import { fieldPaths } from './changes.ts'
import { roleWords } from './messages.ts'

type Props = {
  rights: Rights
  entities: readonly Entity[]
  onChange: (change: Partial<Rights>) => void
  disabled: boolean
}

// More matches than this are no help; one more letter narrows them.
const mostFound = 12

/** Rights over fields: by how sensitive they are, and single ones that are treated differently. */
export const RoleFields = ({ rights, entities, onChange, disabled }: Props) => {
  const w = useMessages(roleWords)
  const label = useLabel()
  const [sought, setSought] = useState('')
  const all = fieldPaths(entities)
  const wanted = sought.trim().toLowerCase()
  const listed = all.filter(({ path }) => path in rights.fields)
  const found = all.filter(
    ({ path, entity, field }) =>
      wanted !== '' &&
      !(path in rights.fields) &&
      [label(field.label), `${label(entity.label)}${label(field.label)}`, path].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
  )
  const choices = fieldRights.map((value) => ({ value, label: label(rightLabels[value]) }))
  const set = (path: string, right: Right | undefined) => {
    const { [path]: _, ...rest } = rights.fields
    onChange({ fields: { ...rest, ...(right && { [path]: right }) } })
  }
  return (
    <>
      <h3 className="line-label">{w.levels}</h3>
      <ul className="role-lines">
        {levels.map((level) => (
          <li key={level}>
            <span>{w[level]}</span>
            {disabled ? (
              <span className="quiet">{label(rightLabels[rights.levels[level]])}</span>
            ) : (
              <QuietSelect
                label={w[level]}
                value={rights.levels[level]}
                choices={choices}
                onChange={(right) => onChange({ levels: { ...rights.levels, [level]: right } })}
              />
            )}
          </li>
        ))}
      </ul>
      {!disabled && (
        <>
          <h3 className="line-label">{w.exceptions}</h3>
          <p className="quiet">{listed.length > 0 ? w.exceptionsHelp : w.noExceptions}</p>
          <Input
            className="role-search"
            prefix={<Search />}
            value={sought}
            placeholder={w.findField}
            aria-label={w.findField}
            onChange={(event) => setSought(event.target.value)}
          />
          <ul className="role-lines" aria-label={w.exceptions}>
            {[...listed, ...found.slice(0, mostFound)].map(({ path, entity, field }) => {
              const byLevel = rights.levels[field.sensitivity ?? 'internal']
              const usual = {
                value: 'usual' as const,
                label: w.byLevel(label(rightLabels[byLevel])),
              }
              const name = `${label(entity.label)} · ${label(field.label)}`
              return (
                <li key={path}>
                  <span>{name}</span>
                  <QuietSelect
                    label={name}
                    value={rights.fields[path] ?? 'usual'}
                    choices={[usual, ...choices]}
                    onChange={(right) => set(path, right === 'usual' ? undefined : right)}
                  />
                </li>
              )
            })}
          </ul>
        </>
      )}
    </>
  )
}
