import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { Field } from '#platform/fields/field.ts'
import { editWords } from './editWords.ts'
import { FieldInput } from './FieldInput.tsx'
import { remarksOn, sameValue } from './formState.ts'
import { useLastingText } from './Lasting.tsx'
import { useLabel, useMessages } from './locale.tsx'
import type { Leaving } from './recordColumns.ts'
import { useReasons } from './useReasons.ts'

export type EditorProps = {
  field: Field
  /** What is stored, and what was typed already when the editor opens again. */
  value: unknown
  draft?: { value: unknown } | undefined
  /** On a card, where there is nothing below or beside it. */
  alone?: true
  onSave: (value: unknown) => void
  /** The editor is done with; where to go from here. */
  onLeave: (how: Leaving) => void
}

// One press decides these; the others are typed and then saved.
const chosen: ReadonlySet<string> = new Set(['choice', 'person', 'department', 'region'])
const several: ReadonlySet<string> = new Set(['choices', 'region'])
const layers = '.ant-select-dropdown, .ant-popover, .ant-modal-root'

/** The editor of one value, in its place: Enter saves and goes down, Tab to the right, Esc leaves. */
export const ValueEditor = (props: EditorProps) => {
  const { field, value, onSave, onLeave } = props
  const w = useMessages(editWords)
  const label = useLabel()
  const say = useReasons()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [draft, setDraft] = useState<unknown>(() => (props.draft ? props.draft.value : value))
  const typed = useRef(draft)
  const over = useRef(false)
  const { gone, lasts } = useLastingText(!sameValue(draft, value))
  const [wrong, setWrong] = useState<ReturnType<typeof remarksOn>['error']>()
  const leave = (how: Leaving) => {
    over.current = true
    onLeave(how)
  }
  const commit = (how: Leaving) => {
    // A record that is gone takes nothing; what is typed stays to be copied.
    if (over.current || gone) return
    const { error } = remarksOn(field, typed.current)
    const same = sameValue(typed.current, value)
    setWrong(same ? undefined : error)
    if (error && !same) return
    if (!same) onSave(typed.current)
    leave(how)
  }
  const latest = useRef(commit)
  latest.current = commit
  const change = (next: unknown) => {
    typed.current = next
    setDraft(next)
    setWrong(undefined)
    // After the key that chose it, which may say where to go.
    if (chosen.has(field.kind) && !field.open && !isRadio(document.activeElement))
      setTimeout(() => latest.current('stay'))
  }
  useOutside(box, () => latest.current('stay'))
  useEntry(box)
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    const how = isComposed(event) ? undefined : wayOf(event, field)
    if (!how) return
    event.preventDefault()
    commit(how)
  }
  // A list that lies open would take the first Escape for itself.
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || isComposed(event)) return
    event.preventDefault()
    event.stopPropagation()
    leave('stay')
  }
  const hint = props.alone
    ? w.hintAlone
    : several.has(field.kind)
      ? w.hintSeveral
      : field.kind === 'longText'
        ? w.hintLong
        : w.hint
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset does not lie over a cell
    <div
      ref={box}
      className="value-editor"
      role="group"
      aria-label={w.editor(label(field.label))}
      data-kind={field.kind}
      data-lasts={lasts}
      onKeyDown={onKeyDown}
      onKeyDownCapture={onKeyDownCapture}
      onClick={(event) => {
        event.stopPropagation()
        // The arrow keys click as well, on their way to another choice.
        if (isRadio(event.target) && event.detail > 0) setTimeout(() => latest.current('stay'))
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <label className="unseen" htmlFor={id} id={`${id}-label`}>
        {label(field.label)}
      </label>
      <FieldInput
        id={id}
        field={field}
        value={draft}
        onChange={change}
        invalid={wrong !== undefined}
        describedBy={`${id}-note`}
        autoFocus
        opened
      />
      <p id={`${id}-note`} className={wrong ? 'late' : 'quiet'} aria-live="polite">
        {wrong ? say(wrong) : !gone && hint}
      </p>
    </div>
  )
}

/** An input method has its own Enter, Tab and Escape. */
const isComposed = ({ nativeEvent, keyCode }: KeyboardEvent) =>
  nativeEvent.isComposing || keyCode === 229

const isRadio = (element: unknown) =>
  element instanceof HTMLInputElement && element.type === 'radio'

const wayOf = (event: KeyboardEvent, { kind }: Field): Leaving | undefined => {
  const { key, shiftKey, target } = event
  if (key === 'Tab') return shiftKey ? 'left' : 'right'
  if (key !== 'Enter') return undefined
  if (event.ctrlKey || event.metaKey) return 'down'
  if (kind === 'longText') return shiftKey ? undefined : 'down'
  // Enter takes what is typed as one more of several, and opens a list that is closed.
  if (kind === 'choices' || kind === 'region') return undefined
  if (kind === 'tags')
    return target instanceof HTMLInputElement && target.value ? undefined : 'down'
  // The button to add a number is pressed by Enter.
  if (target instanceof HTMLButtonElement && kind === 'phones') return undefined
  return shiftKey ? 'up' : 'down'
}

/** A press anywhere else saves, as in a spreadsheet. */
const useOutside = (box: RefObject<HTMLElement | null>, act: () => void) => {
  useEffect(() => {
    const listen = ({ target }: PointerEvent) => {
      if (!(target instanceof Element) || box.current?.contains(target)) return
      if (!target.closest(layers)) act()
    }
    document.addEventListener('pointerdown', listen, true)
    return () => document.removeEventListener('pointerdown', listen, true)
  })
}

/** The cursor goes into the editor, a list opens, a text is marked to be typed over. */
const useEntry = (box: RefObject<HTMLElement | null>) => {
  useLayoutEffect(() => {
    const first = box.current?.querySelector<HTMLElement>(
      'input, textarea, button, [role=radio][tabindex="0"], [tabindex="0"]',
    )
    first?.focus()
    if (first instanceof HTMLInputElement && first.type === 'text') first.select()
  }, [box])
}
