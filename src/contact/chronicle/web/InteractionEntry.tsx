import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { address } from '#platform/door/client.ts'
import { nameOf, useClock, useDirectory } from '#ui/directory.tsx'
import { FileTile, isPicture, Picture } from '#ui/FileTile.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { Menu, type MenuItem } from '#ui/Menu.tsx'
import { Parts } from '#ui/Parts.tsx'
import { fullInstant, sayClock } from '#ui/time.ts'
import { interaction } from '../../interactions/fields.ts'
import { channels } from '../../interactions/rules.ts'
import { channelIcon } from './channelLook.tsx'
import { chronicleWords } from './messages.ts'
import type { Interaction } from './useChronicle.ts'

const EditOfKind = lazy(() =>
  import('#customers/kinds/web/KindForm.tsx').then((module) => ({ default: module.EditOfKind })),
)
const DeleteInteraction = lazy(() =>
  import('./DeleteInteraction.tsx').then((module) => ({ default: module.DeleteInteraction })),
)

/** One contact: how, with whom, what was said, what was shown. */
export const InteractionEntry = (props: {
  row: Interaction
  /** The names of the people at the customer. */
  contacts: ReadonlyMap<string, string>
}) => {
  const { row, contacts } = props
  const w = useMessages(chronicleWords)
  const label = useLabel()
  const clock = useClock()
  const { people } = useDirectory()
  const channel = channels.find(({ value }) => value === row.channel)
  return (
    <li className="entry">
      <time className="entry-time" dateTime={row.at} title={fullInstant(row.at, clock)}>
        {sayClock(row.at, clock)}
      </time>
      <span className="entry-mark">{channelIcon(row.channel)}</span>
      <div className="entry-body">
        <div className="entry-head">
          <strong>{channel && label(channel.label)}</strong>
          <Parts
            className="quiet"
            of={[
              row.contact_id && contacts.get(row.contact_id),
              row.direction === 'in' && w.they,
              typeof row.minutes === 'number' && w.minutes(row.minutes),
            ]}
          />
          <span className="entry-by quiet">
            {typeof row.person_id === 'number' && nameOf(people, row.person_id)}
          </span>
          <EntryMenu row={row} />
        </div>
        <Said text={row.summary} />
        <Files row={row} />
      </div>
    </li>
  )
}

// Beyond this a text hides what was said before it.
const longText = { letters: 360, lines: 8 }

export const Said = ({ text }: { text: string }) => {
  const w = useMessages(chronicleWords)
  const [whole, setWhole] = useState(false)
  const long = text.length > longText.letters || text.split('\n').length > longText.lines
  return (
    <>
      <p className="entry-said" data-folded={(long && !whole) || undefined}>
        {text}
      </p>
      {long && (
        <button type="button" className="link" onClick={() => setWhole(!whole)}>
          {whole ? w.less : w.whole}
        </button>
      )}
    </>
  )
}

const Files = ({ row }: { row: Interaction }) => {
  if (row.files.length === 0) return null
  const hrefOf = (id: string) => address(`/customers/${row.customer_id}/files/${id}/content`)
  const pictures = row.files.filter(isPicture)
  const others = row.files.filter((file) => !isPicture(file))
  return (
    <div className="entry-files">
      {pictures.map((file) => (
        <Picture key={file.id} file={file} href={hrefOf(file.id)} />
      ))}
      {others.map((file) => (
        <FileTile key={file.id} file={file} href={hrefOf(file.id)} />
      ))}
    </div>
  )
}

const EntryMenu = ({ row }: { row: Interaction }) => {
  const w = useMessages(chronicleWords)
  const [doing, setDoing] = useState<'edit' | 'remove'>()
  const close = () => setDoing(undefined)
  const items: readonly (MenuItem | undefined)[] = [
    row.can.edit
      ? { key: 'edit', label: w.editIt, icon: <Pencil />, run: () => setDoing('edit') }
      : undefined,
    row.can.delete
      ? {
          key: 'remove',
          label: w.removeIt,
          icon: <Trash2 />,
          danger: true,
          run: () => setDoing('remove'),
        }
      : undefined,
  ]
  const shown = items.filter((item) => item !== undefined)
  if (shown.length === 0) return null
  return (
    <>
      <Menu label={w.moreFor} items={shown}>
        <button type="button" className="icon-button" aria-label={w.moreFor}>
          <Ellipsis />
        </button>
      </Menu>
      <Suspense>
        {doing === 'edit' && <EditOfKind entity={interaction} record={row} onClose={close} />}
        {doing === 'remove' && <DeleteInteraction row={row} onClose={close} />}
      </Suspense>
    </>
  )
}
