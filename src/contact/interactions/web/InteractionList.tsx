import { Button } from 'antd'
import { lazy, Suspense } from 'react'
import { customerColumn } from '#customers/customers/web/CustomerCell.tsx'
import type { Condition, Leaf } from '#platform/conditions/condition.ts'
import { useListAddress } from '#platform/lists/listAddress.ts'
import { useCount } from '#platform/lists/source.ts'
import { useRows } from '#platform/lists/window.ts'
import type { Presented } from '#platform/records/present.ts'
import { useListView } from '#platform/views/listView.ts'
import { useTravel } from '#ui/Anchor.tsx'
import { useClock, usePlainFields } from '#ui/directory.tsx'
import { ExportMenu } from '#ui/ExportMenu.tsx'
import { useColumns, useListFields } from '#ui/fields.ts'
import { firmInitialOf } from '#ui/initials.ts'
import { ListEmpty } from '#ui/ListEmpty.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { useNarrow } from '#ui/media.ts'
import { RecordList, type Tab } from '#ui/RecordList.tsx'
import { sayInstant } from '#ui/time.ts'
import { interaction } from '../fields.ts'
import { channels } from '../rules.ts'
import { interactionWords } from './messages.ts'

export type Interaction = Presented<typeof interaction> & { customer_name?: string }

const path = '/interactions'
const columns = ['channel', 'summary', 'person_id', 'at']
const only = (leaf: Leaf): Condition => ({ all: [leaf] })

// Nobody needs the drawer before a row is opened.
const InteractionDrawer = lazy(() =>
  import('./InteractionDrawer.tsx').then((module) => ({ default: module.InteractionDrawer })),
)

/** What was said with whom, over all customers. */
export const InteractionList = () => {
  const w = useMessages(interactionWords)
  const { query, setQuery, rest, setRest } = useListAddress()
  const filters = useListFields(interaction)
  const { go } = useTravel()
  const narrow = useNarrow()
  const sorted = { ...query, sort: query.sort ?? interaction.defaultSort }
  const source = useRows<Interaction>(path, sorted)
  const channelOf = useChannel()
  const open = (to: { id: string; customer_id?: string }, replace: boolean) =>
    setRest({ open: to.id, of: to.customer_id ?? '' }, replace)
  return (
    <>
      <RecordList
        label={w.interactions}
        title={w.interactions}
        count={useCount(path, query)}
        tabs={useTabs()}
        find={w.find}
        fields={{ ...filters, customer_id: customerColumn }}
        filters={usePlainFields(interaction.name, filters)}
        columns={useColumns(interaction, columns)}
        lead={{
          field: 'customer_id',
          name: (row: Interaction) => row.customer_name ?? '',
          glyph: (row: Interaction) => firmInitialOf(row.customer_name ?? ''),
          ...(narrow && { line: (row: Interaction) => [channelOf(row), row.summary] }),
        }}
        cells={{ summary: (row: Interaction) => <span title={row.summary}>{row.summary}</span> }}
        aside={(row: Interaction) => <When at={row.at} />}
        source={source}
        view={useListView(interaction)}
        query={sorted}
        onQuery={setQuery}
        hrefOf={(row: Interaction) => `/customers/${row.customer_id}`}
        onOpen={(row: Interaction) => open(row, rest.open !== undefined)}
        openId={rest.open}
        actions={<ExportMenu entity={interaction} query={sorted} />}
        empty={
          <ListEmpty
            words={w}
            narrowed={query.q !== undefined || query.filter !== undefined}
            onClear={() => setQuery({})}
            action={<Button onClick={() => go('/customers')}>{w.toCustomers}</Button>}
          />
        }
      />
      <Suspense>
        {rest.open && rest.of && (
          <InteractionDrawer
            at={{ id: rest.open, customer_id: rest.of }}
            row={source.rows.find((row) => row.id === rest.open)}
            query={sorted}
            onOpen={(to) => open(to, true)}
            onClose={() => setRest({})}
          />
        )}
      </Suspense>
    </>
  )
}

const useChannel = () => {
  const label = useLabel()
  return (row: Interaction) => {
    const channel = channels.find(({ value }) => value === row.channel)
    return channel && label(channel.label)
  }
}

const useTabs = (): readonly Tab[] => {
  const w = useMessages(interactionWords)
  return [
    { key: 'all', label: w.all },
    { key: 'mine', label: w.mine, filter: only({ field: 'person_id', is: 'in', value: ['me'] }) },
    { key: 'recent', label: w.recent, filter: only({ field: 'at', is: 'in_last_days', value: 7 }) },
    {
      key: 'incoming',
      label: w.incoming,
      filter: only({ field: 'direction', is: 'in', value: ['in'] }),
    },
  ]
}

const When = ({ at }: { at: string }) => <time dateTime={at}>{sayInstant(at, useClock())}</time>
