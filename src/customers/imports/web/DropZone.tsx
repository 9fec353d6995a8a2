import { Button } from 'antd'
import { FileDown, FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { address, upload } from '#platform/door/client.ts'
import type { ImportAnswer } from '#platform/imports/contract.ts'
import type { Importable } from '#platform/imports/ports.ts'
import { tableRefusals } from '#platform/tables/refusals.ts'
import { useTravel } from '#ui/Anchor.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { Bar } from './Bar.tsx'
import { importWords } from './messages.ts'

/** A file by drop or by choice; it leaves with progress and leads on to its own page. */
export const DropZone = ({ importable }: { importable: Importable }) => {
  const w = useMessages(importWords)
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const { sending, trouble, send, stop } = useSending(importable.entity.name)
  const take = (file: File | undefined) => {
    setOver(false)
    if (file) send(file)
  }
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(inside)
  }
  return (
    <section
      className="drop"
      data-over={over || undefined}
      aria-label={w.choose}
      onDragEnter={drag(true)}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        event.preventDefault()
        take(event.dataTransfer.files[0])
      }}
    >
      {sending ? (
        <>
          <p>{sending.share < 1 ? w.uploading(sending.name) : w.reading(sending.name)}</p>
          <Bar share={sending.share < 1 ? sending.share : undefined} label={sending.name} />
          <Button onClick={stop}>{w.stop}</Button>
        </>
      ) : (
        <>
          <FileUp className="drop-icon" />
          <p className="drop-words">{w.drop}</p>
          <Button type="primary" onClick={() => picker.current?.click()}>
            {w.choose}
          </Button>
          <p className="quiet drop-kinds">{w.kinds}</p>
          <a
            className="drop-template"
            href={address(`/import-templates/${importable.entity.name}`)}
            download
          >
            <FileDown />
            {w.template}
          </a>
        </>
      )}
      {trouble && (
        <p className="form-trouble" role="alert">
          {trouble}
        </p>
      )}
      <input
        ref={picker}
        type="file"
        hidden
        accept=".xlsx,.csv,.txt,.tsv,.zip,text/csv"
        aria-label={w.choose}
        onChange={(event) => {
          take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </section>
  )
}

const useSending = (entity: string) => {
  const { go } = useTravel()
  const say = useFailureWords(tableRefusals)
  const [sending, setSending] = useState<{ name: string; share: number }>()
  const [trouble, setTrouble] = useState<string>()
  const abort = useRef<AbortController>(undefined)
  const send = async (file: File) => {
    const stop = new AbortController()
    abort.current = stop
    setTrouble(undefined)
    setSending({ name: file.name, share: 0 })
    try {
      const made = await upload<ImportAnswer>('/imports', file, {
        query: { entity, name: file.name },
        signal: stop.signal,
        onProgress: (share) => setSending({ name: file.name, share }),
      })
      go(`/settings/imports/${made.id}`)
    } catch (problem) {
      if (!stop.signal.aborted) setTrouble(say(problem))
    } finally {
      setSending(undefined)
    }
  }
  return {
    sending,
    trouble,
    send: (file: File) => void send(file),
    stop: () => abort.current?.abort(),
  }
}
