import { type ReactElement, type ReactNode, useId } from 'react'

type Control = { id: string; 'aria-describedby': string }

/** A label, a control and a note, for the few forms that are not about a record. */
export const PlainField = (props: {
  label: ReactNode
  note?: ReactNode
  wrong?: boolean
  children: (control: Control) => ReactElement
}) => {
  const id = useId()
  return (
    <div className="form-line">
      <label htmlFor={id} id={`${id}-label`}>
        {props.label}
      </label>
      {props.children({ id, 'aria-describedby': `${id}-note` })}
      <p
        id={`${id}-note`}
        className={`form-note ${props.wrong ? 'late' : 'quiet'}`}
        aria-live="polite"
      >
        {props.note}
      </p>
    </div>
  )
}
