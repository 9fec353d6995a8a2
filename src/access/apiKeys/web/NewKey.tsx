import { Button, Input } from 'antd'
import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { Confirm } from '#ui/Confirm.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { Radios } from '#ui/Radios.tsx'
import { useFocusBack } from '#ui/useFocusBack.ts'
import { type MadeKey, useApiKeyWrites } from './apiKeys.ts'
import { apiKeyWords } from './messages.ts'

const terms = ['30', '90', '365', 'forever'] as const
type Term = (typeof terms)[number]

/** Asks what a key is for, makes it, and shows it this once. */
export const NewKey = ({ onClose }: { onClose: () => void }) => {
  useFocusBack()
  const [made, setMade] = useState<MadeKey>()
  return made ? <Made made={made} onClose={onClose} /> : <Ask onMade={setMade} onClose={onClose} />
}

const Ask = ({ onMade, onClose }: { onMade: (made: MadeKey) => void; onClose: () => void }) => {
  const w = useMessages(apiKeyWords)
  const { create } = useApiKeyWrites()
  const [name, setName] = useState('')
  const [term, setTerm] = useState<Term>('365')
  const save = async () => {
    const days = term === 'forever' ? {} : { expires_in_days: Number(term) }
    onMade(await create.mutateAsync({ name: name.trim(), ...days }))
  }
  return (
    <Confirm
      title={w.add}
      ok={w.create}
      ready={name.trim() !== ''}
      width={440}
      act={save}
      onClose={onClose}
      onDone={() => {}}
    >
      <PlainField label={w.name} note={w.nameHelp}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={30}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </PlainField>
      <PlainField label={w.lasts}>
        {({ id }) => (
          <Radios
            id={id}
            value={term}
            onChange={setTerm}
            choices={terms.map((value) => ({
              value,
              label: value === 'forever' ? w.forever : w.days(Number(value)),
            }))}
          />
        )}
      </PlainField>
    </Confirm>
  )
}

const Made = ({ made, onClose }: { made: MadeKey; onClose: () => void }) => {
  const w = useMessages(apiKeyWords)
  const [copied, setCopied] = useState(false)
  const shown = useRef<HTMLElement>(null)
  const copy = async () => setCopied(await copyFrom(shown.current, made.key))
  return (
    <Dialog
      title={w.madeTitle}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={<Button onClick={onClose}>{w.close}</Button>}
      width={520}
    >
      <p>{w.madeText}</p>
      <p className="made-key">
        <code ref={shown}>{made.key}</code>
        <Button
          type="primary"
          autoFocus
          icon={copied ? <Check /> : <Copy />}
          onClick={() => void copy()}
        >
          {copied ? w.copied : w.copy}
        </Button>
      </p>
      <p className="quiet">{w.use}</p>
      <pre className="made-use">Authorization: Bearer {made.key.slice(0, 6)}…</pre>
    </Dialog>
  )
}

/** Copies by the clipboard, or, on an address without TLS where there is none, by marking the text. */
const copyFrom = async (element: HTMLElement | null, text: string) => {
  if (navigator.clipboard)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
  if (element) document.getSelection()?.selectAllChildren(element)
  return document.execCommand('copy')
}
