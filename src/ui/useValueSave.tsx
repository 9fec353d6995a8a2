import { useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { ApiProblem, call } from '#platform/door/client.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { type Kept, patchCaches, recordKey, refreshAround } from '#platform/lists/source.ts'
import { editWords } from './editWords.ts'
import { useFailureWords } from './Failure.tsx'
import { useLabel, useMessages } from './locale.tsx'
import { pathOf, targetOf } from './picked.ts'
import { type Row, valueIn } from './recordColumns.ts'
import { useToast } from './Toasts.tsx'
import { useReasons } from './useReasons.ts'
import { type Conflict, conflictIn } from './useRecordForm.ts'

// Two people rarely change the same value.
const ConflictDialog = lazy(() =>
  import('./ConflictDialog.tsx').then((module) => ({ default: module.ConflictDialog })),
)

type Change<R> = { row: R; name: string; value: unknown; before: unknown }

/**
 * Saves one value of a record from where it stands: shown at once, taken back with the reason when the
 * server refuses. What somebody else changed meanwhile stays; where it is the same field, both are shown.
 */
export const useValueSave = <R extends Row>(
  entity: Entity | undefined,
  /** Takes up again what was refused. */
  onAgain?: (row: R, name: string, value: unknown) => void,
): { save: (row: R, name: string, value: unknown) => void; dialog: ReactNode } => {
  const client = useQueryClient()
  const toast = useToast()
  const w = useMessages(editWords)
  const label = useLabel()
  const say = useFailureWords()
  const reason = useReasons()
  const [conflict, setConflict] = useState<Change<R> & { theirs: Conflict }>()
  if (!entity) return { save: () => {}, dialog: null }
  const { plural } = entity
  const titled = (name: string) => label(entity.fields[name]?.label ?? entity.label)

  const placesOf = (path: string) => {
    const below = path.slice(0, path.lastIndexOf('/'))
    return below === `/${plural}` ? [below] : [below, `/${plural}`]
  }
  const show = (path: string, id: string, values: object) =>
    patchCaches<Kept>(client, placesOf(path), id, (kept) => ({ ...kept, ...values }))

  const send = async (change: Change<R>, version: number, undone = false): Promise<void> => {
    const { row, name, value, before } = change
    const target = targetOf(row)
    if (!target) return
    const path = pathOf(plural, target)
    const restore = show(path, row.id, { [name]: value })
    try {
      const body = { [name]: value }
      const saved = await call<Kept>('PATCH', path, { body, version })
      show(path, row.id, saved)
      client.setQueryData(recordKey(path), saved)
      const undo = () => void send({ row, name, value: before, before: value }, saved.version, true)
      toast(undone ? { text: w.restored(titled(name)) } : { text: w.saved(titled(name)), undo })
      void refreshAround(client, path)
    } catch (problem) {
      const theirs = conflictIn(problem, { [name]: value })
      restore()
      if (!theirs) return refused(change, problem)
      show(path, row.id, theirs.current)
      // Who was faster changed something else: this change is made on top of theirs.
      if (theirs.names.length === 0) return send(change, theirs.current.version, undone)
      setConflict({ ...change, theirs })
    }
  }

  const refused = ({ row, name, value }: Change<R>, problem: unknown) => {
    const [first] = problem instanceof ApiProblem ? problem.errors : []
    const other = first?.path !== undefined && first.path !== name && entity.fields[first.path]
    const why = first ? reason(first) : say(problem)
    const gone = problem instanceof ApiProblem && problem.status === 404
    toast({
      tone: 'failed',
      text: w.refused(titled(name), other ? `${label(other.label)} ${why}` : why),
      ...(onAgain && !gone && { action: { label: w.again, run: () => onAgain(row, name, value) } }),
    })
  }

  return {
    save: (row, name, value) => {
      const version = valueIn(row, 'version')
      if (typeof version !== 'number') return
      void send({ row, name, value, before: valueIn(row, name) }, version)
    },
    dialog: conflict && (
      <Suspense>
        <ConflictDialog
          fields={entity.fields}
          draft={{ [conflict.name]: conflict.value }}
          conflict={conflict.theirs}
          onCancel={() => setConflict(undefined)}
          onSettle={(chosen) => {
            setConflict(undefined)
            const { current } = conflict.theirs
            const value = chosen[conflict.name]
            const stored = valueIn(current, conflict.name)
            if (JSON.stringify(value) !== JSON.stringify(stored))
              void send({ ...conflict, value, before: stored }, current.version)
          }}
        />
      </Suspense>
    ),
  }
}
