import { Popover } from 'antd'
import { ArrowDown, ArrowUp, Columns3, Pin, PinOff } from 'lucide-react'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
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

const Chooser = ({ fields, columns, onChange: change }: Props) => {
  const { list, hold } = useHeldFocus(columns)
  const onChange = (next: readonly ListColumn[]) => {
    hold()
    change(next)
  }
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
      <ul ref={list}>
        {columns.map(({ name, frozen }, place) => (
          <li key={name} data-column={name}>
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
          <li key={name} data-column={name}>
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
      <button type="button" className="chip-add" onClick={() => change(undefined)}>
        {w.restoreColumns}
      </button>
    </>
  )
}

/** A line that goes elsewhere in the list takes the keyboard along, to its tick where the rest is gone. */
const useHeldFocus = (columns: readonly ListColumn[]) => {
  const list = useRef<HTMLUListElement>(null)
  const held = useRef<{ column: string; control: number }>(undefined)
  const controlsOf = (line: Element) => [...line.querySelectorAll<HTMLElement>('input, button')]
  const hold = () => {
    const active = document.activeElement
    const line = active?.closest<HTMLElement>('[data-column]')
    if (!(active instanceof HTMLElement) || !line?.dataset.column) return
    const control = controlsOf(line).indexOf(active)
    held.current = { column: line.dataset.column, control }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lines move when the columns change
  useLayoutEffect(() => {
    const { column, control } = held.current ?? {}
    held.current = undefined
    if (column === undefined || control === undefined) return
    const line = list.current?.querySelector(`[data-column="${CSS.escape(column)}"]`)
    const [tick, ...others] = line ? controlsOf(line) : []
    const same = [tick, ...others][control]
    const target = same?.matches(':disabled') === false ? same : tick
    target?.focus()
  }, [columns])
  return { list, hold }
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
