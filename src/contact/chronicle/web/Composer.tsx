import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { Paperclip } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { call } from '#platform/door/client.ts'
import type { FileAnswer } from '#platform/files/contract.ts'
import { useUploads } from '#platform/files/uploads.ts'
import { refreshAround } from '#platform/lists/source.ts'
import { AddedFields, useAddedProblem } from '#ui/AddedFields.tsx'
import { DropArea } from '#ui/DropArea.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { FilePick } from '#ui/FilePick.tsx'
import { useLastingText } from '#ui/Lasting.tsx'
import { useMessages } from '#ui/locale.tsx'
import { interaction } from '../../interactions/fields.ts'
import { task } from '../../tasks/fields.ts'
import { ChannelPick } from './ChannelPick.tsx'
import { ComposerFiles } from './ComposerFiles.tsx'
import { ComposerMeta } from './ComposerMeta.tsx'
import { ComposerNext } from './ComposerNext.tsx'
import { chronicleWords } from './messages.ts'
import { type Draft, isBlank, type useDraft } from './useDraft.ts'

type Props = {
  customerId: string
  writing: ReturnType<typeof useDraft>
  begun: number
  onSend: (draft: Draft) => void
}

/** One line that grows when somebody writes: how, what was said, with whom, files, and what comes next. */
export const Composer = ({ customerId, writing, begun, onSend }: Props) => {
  const w = useMessages(chronicleWords)
  const { draft, set } = writing
  const uploads = useUploads(customerId, writing.addFile)
  const takeAway = useTakeAway(customerId)
  const mayAttach = useDirectory().may('files.create')
  const [within, setWithin] = useState(false)
  const [trouble, setTrouble] = useState('')
  const field = useRef<TextAreaRef>(null)
  const open = within || !isBlank(draft) || uploads.uploads.length > 0
  const { lasts } = useLastingText(!isBlank(draft))
  useEffect(() => {
    if (begun > 0) field.current?.focus()
  }, [begun])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was waited for has come
  useEffect(() => setTrouble(''), [uploads.busy])
  const added = useAddedProblem()
  const send = () => {
    const { channel, direction } = draft
    const problem =
      problemOf(draft, uploads, w) ||
      added(interaction, draft.added, { channel, direction }) ||
      (hasNext(draft) ? added(task, draft.nextAdded) : '')
    setTrouble(problem)
    if (problem) return field.current?.focus()
    onSend(draft)
    uploads.clear()
    // What was written shows below, and single keys are the page's again.
    field.current?.blur()
    setWithin(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      send()
    }
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      // Stays with the composer: the drawer below would close.
      event.stopPropagation()
      event.nativeEvent.stopImmediatePropagation()
      field.current?.blur()
    }
  }
  return (
    <DropArea className="composer" onFiles={mayAttach ? uploads.add : undefined}>
      <form
        data-open={open || undefined}
        data-lasts={lasts}
        onFocus={() => setWithin(true)}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setWithin(false)
        }}
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        {open && <ChannelPick value={draft.channel} onChange={(channel) => set({ channel })} />}
        <Input.TextArea
          ref={field}
          variant="borderless"
          autoSize={{ minRows: open ? 2 : 1, maxRows: 12 }}
          maxLength={interaction.fields.summary.max}
          placeholder={w.what}
          aria-label={w.what}
          value={draft.summary}
          onChange={(event) => {
            set({ summary: event.target.value })
            setTrouble('')
          }}
        />
        {!open && <kbd>N</kbd>}
        <ComposerFiles
          uploads={uploads}
          files={draft.files}
          onDrop={(file) => {
            set({ files: draft.files.filter(({ id }) => id !== file.id) })
            takeAway(file)
          }}
        />
        {open && (
          <>
            <ComposerMeta customerId={customerId} draft={draft} onChange={set}>
              {mayAttach && (
                <FilePick label={w.attach} onFiles={uploads.add}>
                  <Paperclip />
                  {w.attachShort}
                </FilePick>
              )}
            </ComposerMeta>
            <AddedFields
              entity={interaction}
              draft={draft.added}
              beside={{ channel: draft.channel, direction: draft.direction }}
              onChange={(values) => set({ added: values })}
            />
            {hasNext(draft) && (
              <AddedFields
                entity={task}
                draft={draft.nextAdded}
                onChange={(values) => set({ nextAdded: values })}
              />
            )}
            <div className="composer-foot">
              <ComposerNext draft={draft} onChange={set} />
              <Button type="primary" htmlType="submit" title="Ctrl ↵">
                {w.keep}
              </Button>
            </div>
            <p className="composer-trouble late" role="alert">
              {trouble}
            </p>
          </>
        )}
      </form>
    </DropArea>
  )
}

const hasNext = ({ next, day }: Draft) => next.trim() !== '' || day !== null

/** A file that was sent for a note and is not wanted in it leaves the customer too. */
const useTakeAway = (customerId: string) => {
  const client = useQueryClient()
  const { may } = useDirectory()
  return (file: FileAnswer) => {
    if (!may('files.delete')) return
    const path = `/customers/${customerId}`
    call('DELETE', `${path}/files/${file.id}`, { version: file.version })
      .catch(() => {})
      .finally(() => refreshAround(client, path))
  }
}

const problemOf = (
  draft: Draft,
  { uploads, busy }: ReturnType<typeof useUploads>,
  w: { emptyYet: string; uploading: string; uploadFailed: string },
) => {
  if (draft.summary.trim() === '') return w.emptyYet
  if (busy) return w.uploading
  return uploads.some(({ failure }) => failure !== undefined) ? w.uploadFailed : ''
}
