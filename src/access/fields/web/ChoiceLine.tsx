import { Input } from 'antd'
import { ArchiveRestore, ArrowUp, Ellipsis, PowerOff, X } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '#ui/locale.tsx'
import { Select } from '#ui/Select.tsx'
import { choiceWords } from './choiceWords.ts'
import type { Draft } from './definitions.ts'

type Choice = NonNullable<Draft['choices']>[number]
type Props = {
  choice: Choice
  place: number
  stored: boolean
  onChange: (changed: Partial<Choice>) => void
  onEnter: () => void
  onRaise: () => void
  onRemove: () => void
}

/** One choice in a line; its English name and other words lie behind the dots. */
export const ChoiceLine = ({ choice, place, stored, ...on }: Props) => {
  const w = useMessages(choiceWords)
  const [open, setOpen] = useState(false)
  const { zh, en } = choice.label
  return (
    <li data-retired={choice.retired || undefined}>
      <div className="choice-line">
        <Input
          value={zh}
          maxLength={40}
          aria-label={w.choice(place + 1)}
          {...(choice.retired && { suffix: w.retired })}
          onChange={(event) => on.onChange({ label: { zh: event.target.value, en } })}
          onPressEnter={(event) => {
            if (event.nativeEvent.isComposing) return
            event.preventDefault()
            on.onEnter()
          }}
        />
        <button
          type="button"
          className="icon-button"
          disabled={place === 0}
          aria-label={w.up(zh)}
          title={w.up(zh)}
          onClick={on.onRaise}
        >
          <ArrowUp />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-expanded={open}
          aria-label={w.more(zh)}
          title={w.more(zh)}
          onClick={() => setOpen(!open)}
        >
          <Ellipsis />
        </button>
        {stored && (
          <button
            type="button"
            className="icon-button"
            aria-label={choice.retired ? w.restore(zh) : w.retire(zh)}
            title={choice.retired ? w.restore(zh) : w.retire(zh)}
            onClick={() => on.onChange({ retired: choice.retired ? undefined : true })}
          >
            {choice.retired ? <ArchiveRestore /> : <PowerOff />}
          </button>
        )}
        <button
          type="button"
          className="icon-button"
          aria-label={w.remove(zh)}
          title={w.remove(zh)}
          onClick={on.onRemove}
        >
          <X />
        </button>
      </div>
      {open && (
        <div className="choice-more">
          <Input
            value={en}
            maxLength={60}
            placeholder={w.english}
            aria-label={w.englishOf(zh)}
            onChange={(event) => on.onChange({ label: { zh, en: event.target.value } })}
          />
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            placeholder={w.aliases}
            aria-label={w.aliasesOf(zh)}
            value={choice.aliases ?? []}
            onChange={(aliases: string[]) => on.onChange({ aliases })}
          />
        </div>
      )}
    </li>
  )
}
