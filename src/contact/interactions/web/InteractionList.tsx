import { useMemo } from 'react'
import { KindList } from '#customers/kinds/web/KindList.tsx'
import type { Condition, Leaf } from '#platform/conditions/condition.ts'
import type { Presented } from '#platform/records/present.ts'
import { useClock, useDirectory } from '#ui/directory.tsx'
import { firmInitialOf } from '#ui/initials.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { useNarrow } from '#ui/media.ts'
import type { Tab } from '#ui/RecordList.tsx'
import { sayInstant } from '#ui/time.ts'
import { interaction } from '../fields.ts'
import { channels } from '../rules.ts'
import { interactionWords } from './messages.ts'

type Interaction = Presented<typeof interaction> & { customer_name?: string | undefined }

const columns = ['channel', 'summary', 'person_id', 'at']
const only = (leaf: Leaf): Condition => ({ all: [leaf] })

/** What was said with whom, over all customers. */
export const InteractionList = () => {
  const w = useMessages(interactionWords)
  const narrow = useNarrow()
  const channelOf = useChannel()
  const { me } = useDirectory()
  const initial = useMemo(() => ({ at: new Date().toISOString(), person_id: me.id }), [me.id])
  return (
    <KindList
      entity={interaction}
      look={{
        ...{ columns, tabs: useTabs(), initial },
        words: { ...w, create: w.note },
        lead: {
          field: 'customer_id',
          name: (row: Interaction) => row.customer_name ?? '—',
          glyph: (row: Interaction) => firmInitialOf(row.customer_name ?? ''),
          ...(narrow && { line: (row: Interaction) => [channelOf(row), row.summary] }),
        },
        cells: { summary: (row) => <span title={row.summary}>{row.summary}</span> },
        aside: (row) => <When at={row.at} />,
      }}
    />
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

/** Nothing for whoever may not know when it was. */
const When = ({ at }: { at: string | undefined }) => {
  const clock = useClock()
  return at ? <time dateTime={at}>{sayInstant(at, clock)}</time> : null
}
