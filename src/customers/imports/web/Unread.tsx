import { Button } from 'antd'
import { useState } from 'react'
import type { Field } from '#platform/fields/field.ts'
import type { Decision, Decisions, ImportAnswer } from '#platform/imports/contract.ts'
import type { Importable } from '#platform/imports/ports.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useLabel, useLocale, useMarks, useMessages } from '#ui/locale.tsx'
import { sayNumber } from '#ui/numbers.ts'
import { regionPath } from '#ui/regionNames.ts'
import { useReasons } from '#ui/useReasons.ts'
import { DateQuestions } from './Dates.tsx'
import { importWords } from './messages.ts'
import { NativeSelect } from './NativeSelect.tsx'
import { useProblems } from './Problems.tsx'
import { useTargets } from './targets.ts'
import { useImportActions } from './useImport.ts'

type Props = { item: ImportAnswer; importable: Importable }
type Word = ImportAnswer['unread'][number]

const leave = ' leave'
const make = ' make'

/**
 * Words that name no choice, person or department, and days that may mean two: decided once each, then
 * checked again.
 */
export const Unread = ({ item, importable }: Props) => {
  const w = useMessages(importWords)
  const say = useReasons()
  const locale = useLocale()
  const targets = useTargets(importable)
  const { set, check } = useImportActions(item.id)
  const several: Readonly<Record<string, string>> = {
    person_ambiguous: w.unreadPeople,
    department_ambiguous: w.unreadDepartments,
  }
  const why = (reason: string) => several[reason] ?? say({ reason })
  const [chosen, setChosen] = useState<Decisions>(item.decisions)
  const [dates, setDates] = useState(item.dates)
  const unclear = useUnclearDates(item)
  const decide = ({ path, word }: Word, decision: Decision | undefined) =>
    setChosen((before) => {
      const { [word]: _, ...words } = before[path] ?? {}
      return { ...before, [path]: decision ? { ...words, [word]: decision } : words }
    })
  const begin = async () => {
    await set.mutateAsync({ decisions: chosen, ...(unclear && { dates }) })
    check.mutate()
  }
  if (item.unread.length === 0 && !unclear) return null
  return (
    <section className="imports-part">
      <h2>{w.unread}</h2>
      <p className="quiet">{item.unread.length > 0 ? w.unreadHelp : w.datesHelp}</p>
      <ul className="unread">
        {item.unread.map((word) => {
          const field = targets.find(({ path }) => path === word.path)?.field
          return (
            <li key={`${word.path} ${word.word}`}>
              <span className="unread-word">{w.unreadIn(word.column, word.word)}</span>
              <span className="quiet">
                {w.unreadTimes(sayNumber(word.count, locale))} · {why(word.reason)}
              </span>
              {field && (
                <Answer
                  word={word}
                  field={field}
                  decision={chosen[word.path]?.[word.word]}
                  onDecide={(decision) => decide(word, decision)}
                />
              )}
            </li>
          )
        })}
      </ul>
      {unclear && (
        <div className="unread-dates">
          <DateQuestions dates={dates} onChange={setDates} />
        </div>
      )}
      <Button loading={set.isPending || check.isPending} onClick={() => void begin()}>
        {w.unreadCheck}
      </Button>
    </section>
  )
}

/** Whether the check met days that could mean two, among the first that failed. */
const useUnclearDates = (item: ImportAnswer): boolean => {
  const { data } = useProblems(item, 'error')
  const reasons = data?.pages.flatMap((page) => page.items.map(({ reason }) => reason)) ?? []
  return reasons.some((reason) => reason === 'date_order_unclear' || reason === 'date_year_missing')
}

type AnswerProps = {
  word: Word
  field: Field
  decision: Decision | undefined
  onDecide: (decision: Decision | undefined) => void
}

const Answer = ({ word, field, decision, onDecide }: AnswerProps) => {
  const w = useMessages(importWords)
  const { may } = useDirectory()
  const options = useOptions(field)
  const value =
    decision === undefined
      ? ''
      : 'leave' in decision
        ? leave
        : 'make' in decision
          ? make
          : String(decision.to)
  const grows =
    (field.kind === 'choice' || field.kind === 'choices') &&
    (field.custom === true || field.dictionary !== undefined) &&
    may('fields.manage')
  const pick = (picked: string) => {
    if (picked === '') return onDecide(undefined)
    if (picked === leave) return onDecide({ leave: true })
    if (picked === make) return onDecide({ make: true })
    const number = field.kind === 'person' || field.kind === 'department'
    onDecide({ to: number ? Number(picked) : picked })
  }
  return (
    <NativeSelect
      label={w.unreadIn(word.column, word.word)}
      unseen
      value={value}
      onChange={pick}
      options={[
        { value: '', label: w.unreadAsk },
        ...(field.required ? [] : [{ value: leave, label: w.unreadLeave }]),
        ...(grows ? [{ value: make, label: w.unreadMake(word.word) }] : []),
        ...options,
      ]}
    />
  )
}

const useOptions = (field: Field) => {
  const label = useLabel()
  const { aside } = useMarks()
  const { people, departments, regions, regionOf } = useDirectory()
  switch (field.kind) {
    case 'person':
      return people
        .filter(({ active }) => active)
        .map(({ id, name, username }) => ({ value: String(id), label: aside(name, username) }))
    case 'department':
      return departments.map(({ id, name }) => ({ value: String(id), label: name }))
    case 'region':
      return regions.map(([code]) => ({ value: code, label: regionPath(regionOf, code).join(' ') }))
    default:
      return (field.choices ?? [])
        .filter(({ retired }) => !retired)
        .map((each) => ({ value: each.value, label: label(each.label) }))
  }
}
