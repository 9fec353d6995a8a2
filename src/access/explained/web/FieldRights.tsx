import { useLabel, useMarks, useMessages } from '#ui/locale.tsx'
import type { Explanation } from '../contract.ts'
import { explainedWords } from './messages.ts'

type Fields = Explanation['fields']
const lesser = ['read', 'masked', 'hidden'] as const

/** The fields that are not simply read and changed, and by what; the others are counted. */
export const FieldRights = (props: { fields: Fields; role: (id: string) => string }) => {
  const { fields } = props
  const w = useMessages(explainedWords)
  const label = useLabel()
  if (fields.length === 0) return null
  const writable = fields.filter(({ right }) => right === 'write').length
  if (writable === fields.length)
    return <p className="quiet access-fields">{w.allWrite(writable)}</p>
  return (
    <details className="access-fields" open={fields.length - writable <= 12}>
      <summary className="quiet">
        {w.rights}
        {writable > 0 && <span className="access-count">{w.write(writable)}</span>}
      </summary>
      <dl className="access-lines">
        {lesser.flatMap((right) =>
          grouped(fields.filter((field) => field.right === right)).map((group) => (
            <div key={`${right}${group[0]?.name}`}>
              <dt>{w[right]}</dt>
              <dd>
                {w.list(group.map((field) => label(field.label)))}
                <Why sources={group[0]?.sources ?? []} role={props.role} />
              </dd>
            </div>
          )),
        )}
      </dl>
    </details>
  )
}

const grouped = (fields: Fields) => [
  ...Map.groupBy(fields, ({ sources }) => JSON.stringify(sources)).values(),
]

const Why = (props: { sources: Fields[number]['sources']; role: (id: string) => string }) => {
  const w = useMessages(explainedWords)
  const { clauses, comma } = useMarks()
  const levels: Record<string, string> = {
    internal: w.internal,
    personal: w.personal,
    sensitive: w.sensitive,
  }
  const said = props.sources.map(({ role, by }) => {
    const level = levels[by]
    return `${level ? w.level(level) : w.byField}${comma}${w.by(props.role(role))}`
  })
  return <span className="access-why">{clauses(said)}</span>
}
