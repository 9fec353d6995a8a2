import { useRefusalWords } from '#ui/AddedFields.tsx'
import { useClock } from '#ui/directory.tsx'
import { useLastingText } from '#ui/Lasting.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { sayClock } from '#ui/time.ts'
import { interaction } from '../../interactions/fields.ts'
import { channels } from '../../interactions/rules.ts'
import { task } from '../../tasks/fields.ts'
import { channelIcon } from './channelLook.tsx'
import { Said } from './InteractionEntry.tsx'
import { chronicleWords } from './messages.ts'
import type { Note } from './useNotes.ts'

/** A note that is not yet kept: in quiet ink while it travels, with its reason when it did not arrive. */
export const NoteEntry = (props: { note: Note; onRetry: () => void; onTakeBack: () => void }) => {
  const { at, draft, failure } = props.note
  const w = useMessages(chronicleWords)
  const label = useLabel()
  const say = useRefusalWords(interaction, { next_step: task })
  const clock = useClock()
  const { lasts } = useLastingText(true)
  const channel = channels.find(({ value }) => value === draft.channel)
  return (
    <li className="entry" data-pending={failure === undefined || undefined} data-lasts={lasts}>
      <time className="entry-time" dateTime={at}>
        {sayClock(at, clock)}
      </time>
      <span className="entry-mark">{channelIcon(draft.channel)}</span>
      <div className="entry-body">
        <div className="entry-head">
          <strong>{channel && label(channel.label)}</strong>
          {failure === undefined && <span className="quiet">{w.saving}</span>}
        </div>
        <Said text={draft.summary} />
        {failure !== undefined && (
          <p className="entry-trouble" role="alert">
            <span>{w.notKept(say(failure))}</span>
            <button type="button" className="link" onClick={props.onRetry}>
              {w.tryAgain}
            </button>
            <button type="button" className="link" onClick={props.onTakeBack}>
              {w.takeBack}
            </button>
          </p>
        )}
      </div>
    </li>
  )
}
