import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { Locale } from '#platform/fields/field.ts'
import type { ListQuery } from '#platform/lists/source.ts'
import type { ListView } from '#platform/views/listView.ts'
import { useDirectory } from './directory.tsx'
import { listWords } from './listWords.ts'
import { useLocale, useMessages } from './locale.tsx'
import { type Count, sayCount, sayNumber } from './numbers.ts'
import type { Picked } from './picked.ts'

const BulkDialog = lazy(() =>
  import('./BulkDialog.tsx').then((module) => ({ default: module.BulkDialog })),
)

const ExportDialog = lazy(() =>
  import('./ExportDialog.tsx').then((module) => ({ default: module.ExportDialog })),
)

export type BulkKind = 'edit' | 'assign' | 'share' | 'tag' | 'delete'

type Props = {
  view: ListView
  /** What the list shows now; every row of it can be picked. */
  query: ListQuery
  picked: Picked
  count: Count | undefined
}

/** What can be done with the picked rows, and picking every row of the list. */
export const BulkActions = ({ view, query, picked, count }: Props) => {
  const w = useMessages(listWords)
  const locale = useLocale()
  const { may, rightOf } = useDirectory()
  const [doing, setDoing] = useState<BulkKind>()
  const [exporting, setExporting] = useState(false)
  const { name, plural, fields } = view.entity
  const writes = (field: string | undefined) =>
    field !== undefined && may(`${plural}.edit`) && rightOf(name, field) === 'write'
  const tags = Object.keys(fields).find((each) => fields[each]?.kind === 'tags')
  const kinds: readonly [BulkKind, boolean, string][] = [
    [
      'assign',
      fields.owner_id?.kind === 'person' && may(`${plural}.transfer`) && writes('owner_id'),
      w.bulkAssign,
    ],
    ['share', view.entity.root === true && may(`${plural}.edit`), w.bulkShare],
    ['tag', writes(tags), w.bulkTag],
    ['edit', may(`${plural}.edit`), w.bulkEdit],
    ['delete', may(`${plural}.delete`), w.bulkDelete],
  ]
  const total = count && sayCount(count, locale)
  const amount = picked.every
    ? sayEvery(count, picked.except.size, locale)
    : sayNumber(picked.targets.length, locale)
  return (
    <>
      {kinds.map(([kind, allowed, word]) =>
        allowed ? (
          <Button key={kind} danger={kind === 'delete'} onClick={() => setDoing(kind)}>
            {word}
          </Button>
        ) : null,
      )}
      {/* All but some cannot be asked for in one question of an export. */}
      {may(`${plural}.export`) && picked.except.size === 0 && (
        <Button onClick={() => setExporting(true)}>{w.bulkExport}</Button>
      )}
      {!picked.every && count && count.count > picked.targets.length && (
        <button type="button" className="chip-add" onClick={picked.selectEvery}>
          {w.selectEvery(total ?? '')}
        </button>
      )}
      <Suspense>
        {exporting && (
          <ExportDialog
            entity={view.entity}
            taken={picked.every ? { query } : { ids: picked.targets.map(({ id }) => id) }}
            onClose={() => setExporting(false)}
          />
        )}
        {doing && (
          <BulkDialog
            kind={doing}
            entity={view.entity}
            amount={amount}
            chosen={picked.every ? { query, except: [...picked.except] } : { rows: picked.targets }}
            onClose={() => setDoing(undefined)}
            onDone={picked.clear}
          />
        )}
      </Suspense>
    </>
  )
}

/** How many every row is, less those taken out; of a count that was cut off only that. */
export const sayEvery = (count: Count | undefined, except: number, locale: Locale) => {
  if (!count) return ''
  return sayCount(count.more ? count : { ...count, count: count.count - except }, locale)
}
