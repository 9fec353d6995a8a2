import { useId } from 'react'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { channels } from '../../interactions/rules.ts'
import { channelIcon } from './channelLook.tsx'
import { chronicleWords } from './messages.ts'
import type { Draft } from './useDraft.ts'

/** Every channel at a glance; arrows go from one to the next. */
export const ChannelPick = (props: {
  value: Draft['channel']
  onChange: (channel: Draft['channel']) => void
}) => {
  const w = useMessages(chronicleWords)
  const label = useLabel()
  const id = useId()
  return (
    <fieldset className="channels">
      <legend className="unseen">{w.how}</legend>
      {channels.map((channel) => (
        <label key={channel.value}>
          <input
            type="radio"
            name={id}
            checked={props.value === channel.value}
            onChange={() => props.onChange(channel.value)}
          />
          <span>
            {channelIcon(channel.value)}
            {label(channel.label)}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
