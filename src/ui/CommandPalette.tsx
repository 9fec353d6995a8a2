import { Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useMessages } from './locale.tsx'
import { words } from './words.ts'

export type PaletteItem = {
  key: string
  label: string
  /** A muted second line or a place to the right. */
  hint?: ReactNode
  icon?: ReactNode
  /** The heading it stands below, where results are of several kinds. */
  group?: string
  /** Further words by which a command is found. */
  also?: string
  run: () => void
}

type Props = {
  open: boolean
  onClose: () => void
  actions: readonly PaletteItem[]
  /** Records that match; called 120 ms after the last key, never while Chinese is being composed. */
  find: (query: string, signal: AbortSignal) => Promise<readonly PaletteItem[]>
}

// Between two keys of a quick typist; longer feels late, shorter asks for every letter.
const pause = 120

/** Search and commands in one field, wholly by keyboard. */
export const CommandPalette = (props: Props) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const w = useMessages(words)
  useEffect(() => {
    const { current } = dialog
    if (!current) return
    if (props.open && !current.open) current.showModal()
    if (!props.open && current.open) current.close()
  }, [props.open])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop closes, Escape does the same
    <dialog
      ref={dialog}
      className="palette"
      aria-label={w.palette}
      onClose={props.onClose}
      onClick={(event) => event.target === dialog.current && props.onClose()}
    >
      {props.open && <Inside {...props} />}
    </dialog>
  )
}

const Inside = ({ onClose, actions, find }: Props) => {
  const w = useMessages(words)
  const id = useId()
  const [query, setQuery] = useState('')
  const [composing, setComposing] = useState(false)
  const [active, setActive] = useState(0)
  const found = useFound(query, composing, find)
  const wanted = query.trim().toLowerCase()
  const commands = actions.filter(({ label, also = '' }) =>
    `${label} ${also}`.toLowerCase().includes(wanted),
  )
  const items = [...found.items, ...commands]
  const current = items[Math.min(active, items.length - 1)]

  const run = (item: PaletteItem | undefined) => {
    if (!item) return
    onClose()
    item.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || composing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      const from = Math.min(active, items.length - 1)
      setActive((from + step + items.length) % Math.max(items.length, 1))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      run(current)
    }
  }

  return (
    <>
      <div className="palette-field">
        <Search />
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog exists for this field
          autoFocus
          value={query}
          placeholder={w.searchHint}
          aria-label={w.searchOrCommand}
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={current && `${id}-${current.key}`}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.target.value)
            setActive(0)
          }}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <div className="palette-list" id={id} role="listbox" aria-label={w.palette}>
        {[...Map.groupBy(found.items, ({ group }) => group ?? w.results)].map(([label, own]) => (
          <Section key={label} label={label} items={own} {...{ id, current, run }} />
        ))}
        <Section label={w.actions} items={commands} {...{ id, current, run }} />
        {items.length === 0 && !found.busy && (
          <p className="palette-none">{w.nothingFound(query.trim())}</p>
        )}
      </div>
    </>
  )
}

const Section = (props: {
  label: string
  items: readonly PaletteItem[]
  id: string
  current: PaletteItem | undefined
  run: (item: PaletteItem) => void
}) => {
  if (props.items.length === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options of a list box
    <div role="group" aria-label={props.label}>
      <p className="palette-label" aria-hidden="true">
        {props.label}
      </p>
      {props.items.map((item) => (
        <Option key={item.key} item={item} {...props} />
      ))}
    </div>
  )
}

const Option = (props: {
  item: PaletteItem
  id: string
  current: PaletteItem | undefined
  run: (item: PaletteItem) => void
}) => {
  const { item } = props
  const element = useRef<HTMLDivElement>(null)
  const selected = item.key === props.current?.key
  useEffect(() => {
    if (selected) element.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above holds focus and runs the keys
    <div
      ref={element}
      id={`${props.id}-${item.key}`}
      className="palette-item"
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      onClick={() => props.run(item)}
    >
      {item.icon}
      <span className="palette-name">{item.label}</span>
      {item.hint && <span className="palette-hint">{item.hint}</span>}
    </div>
  )
}

const useFound = (query: string, composing: boolean, find: Props['find']) => {
  const [items, setItems] = useState<readonly PaletteItem[]>([])
  const [busy, setBusy] = useState(false)
  const search = useRef(find)
  search.current = find
  useEffect(() => {
    if (composing) return
    const wanted = query.trim()
    if (wanted === '') {
      setItems([])
      setBusy(false)
      return
    }
    const stop = new AbortController()
    setBusy(true)
    const wait = setTimeout(async () => {
      const answer = await search.current(wanted, stop.signal).catch(() => [])
      if (stop.signal.aborted) return
      setItems(answer)
      setBusy(false)
    }, pause)
    return () => {
      clearTimeout(wait)
      stop.abort()
    }
  }, [query, composing])
  return { items, busy }
}
