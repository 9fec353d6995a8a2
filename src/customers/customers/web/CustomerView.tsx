import { type KeyboardEvent, type ReactNode, Suspense, useState } from 'react'
import { ChangeNotice } from '#ui/ChangeNotice.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { editWords } from '#ui/editWords.ts'
import { useMessages } from '#ui/locale.tsx'
import { useOthers } from '#ui/others.ts'
import { usePageKeys } from '#ui/rowKeys.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { customer } from '../fields.ts'
import { type CustomerSection, customerSections } from '../slots.ts'
import { CustomerBar } from './CustomerBar.tsx'
import { CustomerCard } from './CustomerCard.tsx'
import { CustomerHead } from './CustomerHead.tsx'
import type { Customer } from './look.tsx'
import { pageWords } from './pageMessages.ts'
import './customer.css'
import './card.css'
import './columns.css'

type Part = 'said' | 'next' | 'know'
const partOf = { centre: 'said', next: 'next' } as const

/**
 * One customer, whole: the card, what was said, what to do next. Beside each other where there is
 * room, else the head stays and the three take turns.
 */
export const CustomerView = (props: {
  record: Customer
  onEdit?: (() => void) | undefined
  /** The bar of a phone; a drawer has none. */
  bar?: boolean
}) => {
  const { record, onEdit } = props
  const [part, setPart] = useState<Part>('said')
  const [begun, setBegun] = useState<Record<string, number>>({})
  const { may } = useDirectory()
  const sections = customerSections()
  const { others, note } = useOthers(customer, record)
  const e = useMessages(editWords)
  const begin = (section: CustomerSection) => {
    setPart(partOf[section.place])
    setBegun((before) => ({ ...before, [section.key]: (before[section.key] ?? 0) + 1 }))
  }
  // The letter itself is not typed into what opens.
  const opens = (act: () => void) => (event: globalThis.KeyboardEvent) => {
    event.preventDefault()
    act()
  }
  usePageKeys([
    ...sections.flatMap((section) => {
      const { begin: way } = section
      if (!way || !may(way.permission)) return []
      return [[way.key, opens(() => begin(section))] as const]
    }),
    ['e', opens(() => onEdit?.())],
  ])
  const column = (place: CustomerSection['place']) =>
    sections
      .filter((section) => section.place === place)
      .map(({ key, component: Section }) => (
        <Suspense key={key} fallback={<SkeletonText lines={3} />}>
          <Section record={record} begun={begun[key] ?? 0} />
        </Suspense>
      ))
  return (
    <div className="record" data-part={part}>
      {others && (
        <ChangeNotice fields={customer.fields} others={others} word={e.noted} onDone={note} />
      )}
      <div className="record-columns">
        <div className="record-who">
          <CustomerHead record={record} />
          <Parts part={part} onPart={setPart} />
          <div className="record-lines">
            <Suspense>
              {sections.map(({ key, line: Line }) => Line && <Line key={key} record={record} />)}
            </Suspense>
          </div>
          <div className="record-know">
            <CustomerCard record={record} onEdit={onEdit} />
          </div>
        </div>
        <div className="record-said">{column('centre')}</div>
        <div className="record-next">{column('next')}</div>
      </div>
      {props.bar && <CustomerBar record={record} sections={sections} onBegin={begin} />}
    </div>
  )
}

const order: readonly Part[] = ['said', 'next', 'know']

const Parts = ({ part, onPart }: { part: Part; onPart: (part: Part) => void }): ReactNode => {
  const w = useMessages(pageWords)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const next = step && order.at((order.indexOf(part) + step) % order.length)
    if (!next) return
    event.preventDefault()
    onPart(next)
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus()
  }
  return (
    <div
      className="tabs record-tabs"
      role="tablist"
      tabIndex={-1}
      aria-label={w.views}
      onKeyDown={onKeyDown}
    >
      {order.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          className="tab"
          data-tab={each}
          tabIndex={each === part ? 0 : -1}
          aria-selected={each === part}
          onClick={() => onPart(each)}
        >
          {w[each]}
        </button>
      ))}
    </div>
  )
}
