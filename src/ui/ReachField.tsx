import type { ComponentProps } from 'react'
import type { Entity } from '#platform/fields/entity.ts'
import type { Field } from '#platform/fields/field.ts'
import { useDirectory } from './directory.tsx'
import { useLabel } from './locale.tsx'
import { usePlainView } from './PlainView.tsx'
import { Reach } from './Reach.tsx'
import { type Row, valueIn } from './recordColumns.ts'

type Props = {
  entity: Entity
  record: Row
  name: string
  way: ComponentProps<typeof Reach>['way']
  /** How it is called when not by its field. */
  what?: string
  /** What stands before the value, such as the region before an address. */
  before?: string
}

/** The ways to reach somebody that one field holds; none where it is empty or hidden. */
export const ReachField = (props: Props) => {
  const field = props.entity.fields[props.name]
  return field && <Ways {...props} field={field} />
}

const Ways = (props: Props & { field: Field }) => {
  const { entity, record, name, way, field, before } = props
  const { rightOf } = useDirectory()
  const label = useLabel()
  const { plain, button } = usePlainView({ entity, record, name, field })
  const held = plain ? plain.value : valueIn(record, name)
  const own = (Array.isArray(held) ? held : [held])
    .filter((each) => each !== null && each !== undefined && each !== '')
    .map(String)
  const values = before ? [[before, ...own].join(' ')] : own
  const masked = rightOf(entity.name, name) === 'masked' && !plain
  return values.map((value, place) => (
    <Reach
      // The first keeps the keyboard at its button when its words change.
      key={place === 0 ? 'first' : value}
      way={way}
      what={props.what ?? label(field.label)}
      value={value}
      masked={masked && own.length > 0}
    >
      {place === 0 && own.length > 0 && button}
    </Reach>
  ))
}
