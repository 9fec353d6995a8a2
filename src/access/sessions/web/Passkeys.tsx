import { Button, Input } from 'antd'
import { useState } from 'react'
import { passkeysWork } from '#platform/door/passkey.ts'
import { useClock } from '#ui/directory.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
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
  const say = useFailureWords()
  const { data } = useFactors()
  const { removePasskey } = useFactorWrites()
  const [adding, setAdding] = useState(false)
  const remove = (id: string, name: string) =>
    removePasskey.mutate(id, {
      onSuccess: () => toast({ text: w.passkeyRemoved(name) }),
      onError: (problem) => toast({ tone: 'failed', text: say(problem) }),
    })
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
            <Button type="text" onClick={() => remove(id, name)} aria-label={w.removeWhat(name)}>
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
      {adding && <Add onClose={() => setAdding(false)} />}
    </Section>
  )
}

const Add = ({ onClose }: { onClose: () => void }) => {
  const w = useMessages(accountWords)
  const toast = useToast()
  const { addPasskey } = useFactorWrites()
  const [name, setName] = useState(w.thisDevice)
  const add = (password: string) =>
    addPasskey.mutate(
      { password, name: name.trim() },
      {
        onSuccess: () => {
          toast({ text: w.passkeyAdded })
          onClose()
        },
      },
    )
  return (
    <PasswordAsk
      title={w.addPasskey}
      ok={w.go}
      busy={addPasskey.isPending}
      problem={addPasskey.error}
      ready={name.trim() !== ''}
      onOk={add}
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
