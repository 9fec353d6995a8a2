import { Button } from 'antd'
import { Plus } from 'lucide-react'
import type { Condition, Leaf } from '#platform/conditions/condition.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { useListAddress } from '#platform/lists/listAddress.ts'
import { useCount } from '#platform/lists/source.ts'
import { useRows } from '#platform/lists/window.ts'
import { useListView } from '#platform/views/listView.ts'
import { useDirectory, usePlainFields } from '#ui/directory.tsx'
import { ExportMenu } from '#ui/ExportMenu.tsx'
import { useColumns, useListFields } from '#ui/fields.ts'
import { ListEmpty } from '#ui/ListEmpty.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { useNarrow } from '#ui/media.ts'
import { RecordList, type Tab } from '#ui/RecordList.tsx'
import { CustomerCell, customerColumn } from '../../customers/web/CustomerCell.tsx'
import { KindDrawer } from './KindDrawer.tsx'
import { NewOfKind } from './KindForm.tsx'
import { type AnyRecord, listed, nameOf, stageOf } from './kind.ts'
import { kindWords } from './messages.ts'
import { StageMenu } from './StageMenu.tsx'

const only = (leaf: Leaf): Condition => ({ all: [leaf] })

/** Every record of one kind, over all customers; all of it follows from the fields. */
export const KindList = ({ entity }: { entity: Entity }) => {
  const w = useMessages(kindWords)
  const label = useLabel()
  const { query, setQuery, rest, setRest } = useListAddress()
  const filters = useListFields(entity)
  const { may } = useDirectory()
  const narrow = useNarrow()
  const path = `/${entity.plural}`
  const sorted = { ...query, sort: query.sort ?? entity.defaultSort }
  const source = useRows<AnyRecord>(path, sorted)
  const stage = stageOf(entity)
  const kind = label(entity.label)
  const open = (to: { id: string; customer_id?: string }, replace: boolean) =>
    setRest({ open: to.id, ...(to.customer_id && { of: to.customer_id }) }, replace)
  const own = listed(entity).filter((name) => !entity.fields[name]?.custom)
  return (
    <>
      <RecordList
        label={kind}
        title={kind}
        count={useCount(path, query)}
        tabs={useTabs()}
        find={w.find(kind)}
        fields={{ ...filters, customer_id: customerColumn }}
        filters={usePlainFields(entity.name, filters)}
        columns={useColumns(entity, ['customer_id', ...own, 'updated_at'])}
        lead={{
          field: entity.title,
          name: (row: AnyRecord) => nameOf(entity, row),
          ...(narrow && { line: (row: AnyRecord) => [row.customer_name] }),
        }}
        cells={{
          customer_id: (row: AnyRecord) => <CustomerCell row={row} />,
          ...(stage && {
            [stage]: (row: AnyRecord) => <StageMenu entity={entity} name={stage} record={row} />,
          }),
        }}
        source={source}
        view={useListView(entity)}
        query={sorted}
        onQuery={setQuery}
        hrefOf={(row: AnyRecord) => `/customers/${row.customer_id}`}
        onOpen={(row: AnyRecord) => open(row, rest.open !== undefined)}
        openId={rest.open}
        actions={
          <>
            <ExportMenu entity={entity} query={sorted} />
            {may(`${entity.plural}.create`) && (
              <Button type="primary" icon={<Plus />} onClick={() => setRest({ new: '1' })}>
                {w.add(kind)}
              </Button>
            )}
          </>
        }
        empty={
          <ListEmpty
            words={w}
            narrowed={query.q !== undefined || query.filter !== undefined}
            onClear={() => setQuery({})}
          />
        }
      />
      {rest.open && rest.of && (
        <KindDrawer
          entity={entity}
          at={{ id: rest.open, customer_id: rest.of }}
          row={source.rows.find((row) => row.id === rest.open)}
          query={sorted}
          onOpen={(to) => open(to, true)}
          onClose={() => setRest({})}
        />
      )}
      {rest.new && <NewOfKind entity={entity} onClose={() => setRest({}, true)} />}
    </>
  )
}

const useTabs = (): readonly Tab[] => {
  const w = useMessages(kindWords)
  return [
    { key: 'all', label: w.all },
    {
      key: 'fresh',
      label: w.fresh,
      filter: only({ field: 'created_at', is: 'in_last_days', value: 7 }),
    },
  ]
}
