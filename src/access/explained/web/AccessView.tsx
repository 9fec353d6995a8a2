import { Fragment } from 'react'
import { useClock } from '#ui/directory.tsx'
import { useLabel, useLocale, useMarks, useMessages } from '#ui/locale.tsx'
import { sayCount } from '#ui/numbers.ts'
import { fullInstant } from '#ui/time.ts'
import { verbLabels } from '../../roles/rules.ts'
import type { Explanation } from '../contract.ts'
import { FieldRights } from './FieldRights.tsx'
import { explainedWords } from './messages.ts'
import { together, useSayings } from './useSayings.ts'
import './explained.css'

/** What somebody sees and may do, in sentences, each with its reason. */
export const AccessView = ({ of }: { of: Explanation }) => {
  const w = useMessages(explainedWords)
  const label = useLabel()
  const say = useSayings(of.roles)
  if (!of.person.active) return <p>{w.stopped}</p>
  return (
    <>
      <section>
        <h3>{w.holds}</h3>
        <p>
          {of.roles.length === 0
            ? w.noRole
            : w.list(
                of.roles.map((role) =>
                  role.post === null ? label(role.label) : w.byPost(label(role.label), role.post),
                ),
              )}
        </p>
      </section>
      {of.kinds.map((kind) => (
        <KindRights key={kind.name} kind={kind} of={of} />
      ))}
      {of.keys.length > 0 && (
        <section>
          <h3>{w.keys}</h3>
          <dl className="access-lines">
            {of.keys.map((each) => (
              <Fragment key={each.key}>
                <dt>{label(each.label)}</dt>
                <dd className="quiet">{w.list(each.roles.map((role) => w.by(say.role(role))))}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      )}
      <ApiKeys keys={of.api_keys} />
    </>
  )
}

type Kind = Explanation['kinds'][number]

const KindRights = ({ kind, of }: { kind: Kind; of: Explanation }) => {
  const w = useMessages(explainedWords)
  const { clauses } = useMarks()
  const label = useLabel()
  const locale = useLocale()
  const say = useSayings(of.roles)
  const verbs = (list: readonly Kind['verbs'][number]['verb'][]) =>
    w.list(list.map((verb) => label(verbLabels[verb])))
  const lacking = kind.verbs.filter(({ sources }) => sources.length === 0)
  return (
    <section>
      <h3>{label(kind.label)}</h3>
      <dl className="access-lines">
        {together(kind.verbs).map(({ verbs: may, of: { sources, reached, shared } }) => (
          <Fragment key={may.join()}>
            <dt>{verbs(may)}</dt>
            <dd>
              {[...new Set(sources.map(say.scope))].join(w.or)}
              {reached && <span className="access-count">{w.now(sayCount(reached, locale))}</span>}
              {shared > 0 && (
                <span className="access-count">
                  {w.shared(sayCount({ count: shared, more: reached?.more === true }, locale))}
                </span>
              )}
              <span className="access-why">{clauses([...new Set(sources.map(say.source))])}</span>
            </dd>
          </Fragment>
        ))}
      </dl>
      {lacking.length > 0 && (
        <p className="quiet">{w.mayNot(verbs(lacking.map(({ verb }) => verb)))}</p>
      )}
      <FieldRights
        fields={of.fields.filter(({ entity }) => entity === kind.name)}
        role={say.role}
      />
    </section>
  )
}

const ApiKeys = ({ keys }: { keys: Explanation['api_keys'] }) => {
  const w = useMessages(explainedWords)
  const clock = useClock()
  return (
    <section>
      <h3>{w.apiKeys}</h3>
      {keys.length === 0 ? (
        <p className="quiet">{w.noApiKeys}</p>
      ) : (
        <>
          <ul>
            {keys.map(({ id, name, start, expires_at }) => (
              <li key={id}>
                {name ?? w.unnamed} <span className="quiet">{start}…</span>{' '}
                <span className="quiet">
                  {expires_at ? w.validTo(fullInstant(expires_at, clock)) : w.forever}
                </span>
              </li>
            ))}
          </ul>
          <p className="quiet">{w.apiKeysText}</p>
        </>
      )}
    </section>
  )
}
