import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { type ComponentProps, lazy, Suspense } from 'react'
import type { Condition, Leaf } from '#platform/conditions/condition.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Fields } from '#platform/fields/field.ts'
import { useDirectory } from '#ui/directory.tsx'
import { ExportMenu } from '#ui/ExportMenu.tsx'
import { ListEmpty } from '#ui/ListEmpty.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { useNarrow } from '#ui/media.ts'
import { RecordList, type Tab } from '#ui/RecordList.tsx'
import { useListPage } from '#ui/useListPage.ts'
import { useLoaded } from '#ui/useLoaded.ts'
import { customerColumn } from '../../customers/web/CustomerCell.tsx'
import type { KindDrawer } from './KindDrawer.tsx'
import { type AnyRecord, customerHref, type KindLook, listed, nameOf, stageOf } from './kind.ts'
import { kindWords } from './messages.ts'
import { StageMenu } from './StageMenu.tsx'
import { Whose } from './Whose.tsx'

// Nobody needs these before a row is opened or made; `lazy` would forget which rows they are of.
const loadDrawer = () => import('./KindDrawer.tsx')
const NewOfKind = lazy(() =>
  import('./KindForm.tsx').then((module) => ({ default: module.NewOfKind })),
)

type Props<R extends AnyRecord> = { entity: Entity; look?: KindLook<R> }

/** Every record of one kind, over all customers: all of it follows from the fields, but for what `look` says. */
export const KindList = <R extends AnyRecord>({ entity, look = {} }: Props<R>) => {
  const label = useLabel()
  const { may } = useDirectory()
  const narrow = useNarrow()
  const words = useWords(entity, look)
  const usual = useUsual(entity)
  const lead = {
    field: entity.title,
    name: (row: R) => nameOf(entity, row),
    ...(narrow && { line: (row: R) => [row.customer_name] }),
    ...look.lead,
  }
  const { list, query, narrowed, clear, rest, setRest } = useListPage<R>(entity, {
    columns: look.columns ?? usual.columns,
    tabs: look.tabs ?? usual.tabs,
    drawn: look.drawn ?? customers,
    lead: lead.field,
  })
  const stage = stageOf(entity)
  const open = (to: { id: string; customer_id?: string }, replace: boolean) =>
    setRest({ open: to.id, ...(to.customer_id && { of: to.customer_id }) }, replace)
  return (
    <>
      <RecordList
        {...list}
        label={label(entity.label)}
        title={words.title}
        find={words.find}
        lead={lead}
        cells={{
          customer_id: (row: R) => <Whose row={row} />,
          ...(stage && {
            [stage]: (row: R) => <StageMenu entity={entity} name={stage} record={row} />,
          }),
          ...look.cells,
        }}
        {...(look.aside && { aside: look.aside })}
        hrefOf={(row: R) => customerHref(row) ?? `/${entity.plural}`}
        onOpen={(row: R) => open(row, rest.open !== undefined)}
        openId={rest.open}
        actions={
          <>
            <ExportMenu entity={entity} query={query} />
            {may(`${entity.plural}.create`) && (
              <Button type="primary" icon={<Plus />} onClick={() => setRest({ new: '1' })}>
                {words.create}
              </Button>
            )}
          </>
        }
        empty={<ListEmpty words={words} narrowed={narrowed} onClear={clear} />}
      />
      {rest.open && rest.of && (
        <Drawer
          {...{ entity, look, query }}
          at={{ id: rest.open, customer_id: rest.of }}
          row={list.source.rows.find((row) => row.id === rest.open)}
          onOpen={(to) => open(to, true)}
          onClose={() => setRest({})}
        />
      )}
      <Suspense>
        {rest.new && (
          <NewOfKind
            {...{ entity, initial: look.initial, title: words.create }}
            onClose={() => setRest({}, true)}
          />
        )}
      </Suspense>
    </>
  )
}

const Drawer = <R extends AnyRecord>(props: ComponentProps<typeof KindDrawer<R>>) => {
  const loaded = useLoaded(loadDrawer)
  return loaded ? <loaded.KindDrawer {...props} /> : null
}

const customers: Fields = { customer_id: customerColumn }
const only = (leaf: Leaf): Condition => ({ all: [leaf] })

const useWords = <R extends AnyRecord>(entity: Entity, { words }: KindLook<R>) => {
  const w = useMessages(kindWords)
  const kind = useLabel()(entity.label)
  return { ...w, title: kind, find: w.find(kind), create: w.add(kind), ...words }
}

/** The columns and tabs of a kind that says nothing of them. */
const useUsual = (entity: Entity) => {
  const w = useMessages(kindWords)
  const own = listed(entity).filter((name) => !entity.fields[name]?.custom)
  const tabs: readonly Tab[] = [
    { key: 'all', label: w.all },
    {
      key: 'fresh',
      label: w.fresh,
      filter: only({ field: 'created_at', is: 'in_last_days', value: 7 }),
    },
  ]
  return { columns: ['customer_id', ...own, 'updated_at'], tabs }
}
