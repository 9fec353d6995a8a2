import { Button, Input } from 'antd'
import { useState } from 'react'
import { passkeysWork } from '#platform/door/passkey.ts'
import { Confirm } from '#ui/Confirm.tsx'
import { useClock } from '#ui/directory.tsx'
import { useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { sayInstant } from '#ui/time.ts'
import { useFactors, useFactorWrites } from './account.ts'
import { accountWords } from './accountWords.ts'
import { PasswordAsk } from './PasswordAsk.tsx'
import { Section } from './Section.tsx'

/** Fingerprint, face or security key in place of the password. */
export const Passkeys = () => {
  const w = useMessages(accountWords)
  const clock = useClock()
  const toast = useToast()
  const { data } = useFactors()
  const { removePasskey } = useFactorWrites()
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<{ id: string; name: string }>()
  return (
    <Section title={w.passkeys}>
      <p className="quiet">{passkeysWork() ? w.passkeysText : w.passkeysCannot}</p>
      <ul className="account-list">
        {data?.passkeys.map(({ id, name, created_at }) => (
          <li key={id}>
            <span>
              {name}
              <span className="quiet">{w.added(sayInstant(created_at, clock))}</span>
            </span>
            <Button
              type="text"
              onClick={() => setRemoving({ id, name })}
              aria-label={w.removeWhat(name)}
            >
              {w.remove}
            </Button>
          </li>
        ))}
      </ul>
      {passkeysWork() && (
        <p className="account-actions">
          <Button onClick={() => setAdding(true)}>{w.addPasskey}</Button>
        </p>
      )}
      {removing && (
        <Confirm
          title={w.removeTitle(removing.name)}
          text={w.removeText}
          ok={w.remove}
          danger
          act={async () => {
            await removePasskey.mutateAsync(removing.id)
            toast({ text: w.passkeyRemoved(removing.name) })
          }}
          onClose={() => setRemoving(undefined)}
        />
      )}
      {adding && <Add onClose={() => setAdding(false)} />}
    </Section>
  )
}

const Add = ({ onClose }: { onClose: () => void }) => {
  const w = useMessages(accountWords)
  const toast = useToast()
  const { addPasskey } = useFactorWrites()
  const [name, setName] = useState(w.thisDevice)
  const add = async (password: string) => {
    await addPasskey.mutateAsync({ password, name: name.trim() })
    toast({ text: w.passkeyAdded })
  }
  return (
    <PasswordAsk
      title={w.addPasskey}
      ok={w.go}
      ready={name.trim() !== ''}
      act={add}
      onClose={onClose}
    >
      <PlainField label={w.passkeyName} note={w.passkeyNameHelp}>
        {(control) => (
          <Input
            {...control}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </PlainField>
    </PasswordAsk>
  )
}
