import { Suspense } from 'react'
import { useDirectory } from '#ui/directory.tsx'
import { useLabel } from '#ui/locale.tsx'
import type { CustomerSection } from '../slots.ts'
import type { Customer } from './look.tsx'

/** What the thumb reaches on a phone: call, note, next step. It takes the place of the frame's bar. */
export const CustomerBar = (props: {
  record: Customer
  sections: readonly CustomerSection[]
  onBegin: (section: CustomerSection) => void
}) => {
  const label = useLabel()
  const { may } = useDirectory()
  return (
    <div className="record-bar">
      <Suspense>
        {props.sections.map(
          ({ key, bar: Place }) => Place && <Place key={key} record={props.record} />,
        )}
      </Suspense>
      {props.sections.map((section) => {
        const { key, begin } = section
        if (!begin || !may(begin.permission)) return null
        const Icon = begin.icon
        return (
          <button
            key={key}
            type="button"
            className="bar-item"
            onClick={() => props.onBegin(section)}
          >
            <Icon />
            <span>{label(begin.label)}</span>
          </button>
        )
      })}
    </div>
  )
}
