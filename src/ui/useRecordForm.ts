import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { ApiProblem } from '#platform/door/client.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Fields } from '#platform/fields/field.ts'
import { useLatest } from '#platform/lists/source.ts'
import {
  changesOf,
  type Draft,
  errorsByField,
  filledOf,
  isAsked,
  neededIn,
  type Remark,
  remarksOn,
  sameValue,
  startDraft,
  valuesIn,
} from './formState.ts'
import { othersIn } from './others.ts'
import { pathOf, targetOf } from './picked.ts'
import { valueIn } from './recordColumns.ts'
import { letGo, useUnsaved } from './unsaved.ts'

export type FormRecord = { id: string; version: number }
export type Conflict = {
  current: FormRecord
  names: readonly string[]
  /** Asked before anything is saved, to go on from what is stored now. */
  ahead?: true
}

export type FormProps<R extends FormRecord> = {
  entity: Entity
  /** The record to change; without it a new one is made. */
  record?: R
  /** Values a new record begins with. */
  initial?: Draft
  /** The fields that the reader may write, in the entity's own order. */
  fields: Fields
  /** Gets what changed, or all that is filled in for a new record; throws ApiProblem to refuse. */
  onSave: (values: Record<string, unknown>, version: number | undefined) => Promise<unknown>
  onDirty?: ((dirty: boolean) => void) | undefined
}

/** The state of a form: what is typed, what has been looked at, and what is wrong with it. */
export const useRecordForm = <R extends FormRecord>(props: FormProps<R>) => {
  const { fields, onSave, onDirty } = props
  const client = useQueryClient()
  const [base, setBase] = useState<FormRecord | undefined>(props.record)
  const start = useMemo(
    () => startDraft(fields, base, props.initial ?? {}),
    [fields, base, props.initial],
  )
  const [draft, setDraft] = useState(start)
  // What is asked for may go by values that stand in no field of this form.
  const whole = useMemo(
    () => ({ ...valuesIn(props.entity.fields, base, props.initial ?? {}), ...draft }),
    [props.entity, base, props.initial, draft],
  )
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<ReadonlyMap<string, Remark>>(new Map())
  const [failure, setFailure] = useState<unknown>()
  const [conflict, setConflict] = useState<Conflict>()
  const [saving, setSaving] = useState(false)

  const needed = neededIn(fields, base && start, whole)
  const stored = useStored(props.entity, base)
  // What concerns none of the fields in sight is taken over without a word.
  useEffect(() => {
    if (stored.others?.names.length === 0) setBase(stored.others.now)
  }, [stored.others])

  const names = Object.keys(draft)
  const dirty = names.some((name) => !sameValue(draft[name], start[name]))
  useEffect(() => onDirty?.(dirty), [dirty, onDirty])
  const hold = useUnsaved(dirty)

  const set = (name: string, value: unknown) => {
    setDraft((before) => ({ ...before, [name]: value }))
    setRefused((before) => new Map([...before].filter(([each]) => each !== name)))
  }
  /** A field that was only passed through is not yet anybody's mistake. */
  const look = (name: string) => {
    if (!sameValue(draft[name], start[name])) setSeen((before) => new Set([...before, name]))
  }

  /** What to show at a field: nothing before it has been left once. */
  const remarks = (name: string) => {
    const field = fields[name]
    const refusal = refused.get(name)
    if (refusal) return { error: refusal }
    if (!field || !seen.has(name)) return {}
    return remarksOn(field, draft[name], needed.has(name))
  }

  const send = async (from: FormRecord | undefined, values: Draft) => {
    const initial = props.initial ?? {}
    const before = startDraft(fields, from, initial)
    const around = valuesIn(props.entity.fields, from, initial)
    const body = from ? changesOf(fields, before, values, around) : filledOf(fields, values, around)
    setSaving(true)
    setFailure(undefined)
    letGo()
    try {
      await onSave(body, from?.version)
    } catch (problem) {
      hold()
      const found = conflictIn(problem, body)
      if (found) return setConflict(found)
      if (problem instanceof ApiProblem && problem.errors.length > 0)
        setRefused(errorsByField(problem.errors, fields))
      setFailure(problem)
      // It, or what it belongs to, is out of sight by now: so is what the page still shows of it.
      if (problem instanceof ApiProblem && problem.status === 404) void client.invalidateQueries()
    } finally {
      setSaving(false)
    }
  }

  /** Saves, or marks what is wrong and gives the first field to go to. */
  const save = () => {
    const wrong = names.filter((name) => {
      const field = fields[name]
      if (!field || !isAsked(field, whole)) return false
      const untouched = base && sameValue(draft[name], start[name])
      if (untouched && !needed.has(name)) return false
      return remarksOn(field, draft[name], needed.has(name)).error
    })
    setSeen(new Set(names))
    if (wrong.length > 0) return wrong[0]
    if (!saving) void send(base, draft)
    return undefined
  }

  /** Goes on from the record as it is stored now, with the values chosen for the fields that differ. */
  const settle = (chosen: Draft) => {
    if (!conflict) return
    const { current } = conflict
    const mine = changesOf(fields, start, draft, whole)
    const next = { ...startDraft(fields, current, {}), ...mine, ...chosen }
    setBase(current)
    setDraft(next)
    setConflict(undefined)
    if (!conflict.ahead) void send(current, next)
  }

  /** Takes over what others changed meanwhile; what is typed stays, and where both differ it is asked. */
  const adopt = () => {
    if (!stored.others) return
    const { now, names: changed } = stored.others
    const mine = changesOf(fields, start, draft, whole)
    const both = changed.filter(
      (name) => name in mine && !sameValue(mine[name], valueIn(now, name)),
    )
    if (both.length > 0) return setConflict({ current: now, names: both, ahead: true })
    setBase(now)
    setDraft({ ...startDraft(fields, now, {}), ...mine })
  }

  return {
    draft,
    whole,
    start,
    set,
    look,
    remarks,
    needed,
    dirty,
    saving,
    save,
    failure,
    refused,
    conflict,
    settle,
    others: stored.others,
    gone: stored.gone,
    adopt,
    giveUp: () => setConflict(undefined),
  }
}

/** What has become of the record since the form began. */
const useStored = (entity: Entity, base: FormRecord | undefined) => {
  const target = base && targetOf(base)
  const { latest, failure } = useLatest<FormRecord>(target && pathOf(entity.plural, target))
  const others = useMemo(() => othersIn(entity.fields, base, latest), [entity, base, latest])
  return { others, gone: failure instanceof ApiProblem && failure.status === 404 }
}

/** What a refusal tells of somebody who was faster: the record as it is now and the fields in question. */
export const conflictIn = (
  problem: unknown,
  body: Record<string, unknown>,
): Conflict | undefined => {
  if (!(problem instanceof ApiProblem) || problem.status !== 412) return undefined
  const { current, changed } = problem.facts
  if (!isRecord(current)) return undefined
  const names = Array.isArray(changed) ? changed.map(String) : Object.keys(body)
  return { current, names: names.filter((name) => name in body) }
}

const isRecord = (value: unknown): value is FormRecord =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'version' in value &&
  typeof value.version === 'number'
