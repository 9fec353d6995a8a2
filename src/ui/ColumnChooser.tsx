import { Popover } from 'antd'
import { ArrowDown, ArrowUp, Columns3, Pin, PinOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type Fields, fieldNamed } from '#platform/fields/field.ts'
import type { ListColumn } from '#platform/views/model.ts'
import { listWords } from './listWords.ts'
import { useLabel, useMessages } from './locale.tsx'

type Props = {
  fields: Fields
  columns: readonly ListColumn[]
  /** undefined: what the page shows by itself. */
  onChange: (columns: readonly ListColumn[] | undefined) => void
}

/** Which columns a table shows, in which order, and which stay in sight when it scrolls sideways. */
export const ColumnChooser = (props: Props) => {
  const w = useMessages(listWords)
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
      classNames={{ root: 'pop' }}
      content={
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard for all that is inside
        <div
          className="column-chooser"
          onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
        >
          <Chooser {...props} />
        </div>
      }
    >
      <button type="button" className="icon-button" aria-label={w.columns} title={w.columns}>
        <Columns3 />
      </button>
    </Popover>
  )
}

const Chooser = ({ fields, columns, onChange }: Props) => {
  const w = useMessages(listWords)
  const label = useLabel()
  const shown = new Set(columns.map(({ name }) => name))
  const others = Object.keys(fields).filter((name) => !shown.has(name))
  const nameOf = (name: string) => {
    const field = fieldNamed(fields, name)
    return field ? label(field.label) : name
  }
  const move = (place: number, step: number) => {
    const next = [...columns]
    const [taken] = next.splice(place, 1)
    if (taken) next.splice(place + step, 0, taken)
    onChange(next)
  }
  const without = (name: string) => onChange(columns.filter((each) => each.name !== name))
  const freeze = (place: number) =>
    onChange(columns.map((each, at) => (at === place ? { ...each, frozen: !each.frozen } : each)))
  return (
    <>
      <ul>
        {columns.map(({ name, frozen }, place) => (
          <li key={name}>
            <label>
              <input type="checkbox" checked onChange={() => without(name)} />
              {nameOf(name)}
            </label>
            <Small
              label={w.columnUp(nameOf(name))}
              disabled={place === 0}
              onPress={() => move(place, -1)}
            >
              <ArrowUp />
            </Small>
            <Small
              label={w.columnDown(nameOf(name))}
              disabled={place === columns.length - 1}
              onPress={() => move(place, 1)}
            >
              <ArrowDown />
            </Small>
            <Small
              label={frozen ? w.unfreeze(nameOf(name)) : w.freeze(nameOf(name))}
              pressed={frozen === true}
              onPress={() => freeze(place)}
            >
              {frozen ? <PinOff /> : <Pin />}
            </Small>
          </li>
        ))}
        {others.map((name) => (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                checked={false}
                onChange={() => onChange([...columns, { name }])}
              />
              {nameOf(name)}
            </label>
          </li>
        ))}
      </ul>
      <button type="button" className="chip-add" onClick={() => onChange(undefined)}>
        {w.restoreColumns}
      </button>
    </>
  )
}

const Small = (props: {
  label: string
  disabled?: boolean
  pressed?: boolean
  onPress: () => void
  children: ReactNode
}) => (
  <button
    type="button"
    className="icon-button"
    aria-label={props.label}
    title={props.label}
    disabled={props.disabled}
    {...(props.pressed !== undefined && { 'aria-pressed': props.pressed })}
    onClick={props.onPress}
  >
    {props.children}
  </button>
)
