import { Input } from 'antd'
import { useState } from 'react'
import { Confirm } from '#ui/Confirm.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useFocusBack } from '#ui/useFocusBack.ts'
import { type Offer, useFactorWrites } from './account.ts'
import { accountWords } from './accountWords.ts'
import { BackupCodes } from './BackupCodes.tsx'
import { PasswordAsk } from './PasswordAsk.tsx'
import { QrCode } from './QrCode.tsx'
import { reasonOf } from './trouble.ts'

/** Password, then the QR code and its first six figures, then the backup codes. */
export const CodeSetup = ({ onClose }: { onClose: () => void }) => {
  const w = useMessages(accountWords)
  const { offer } = useFactorWrites()
  useFocusBack()
  if (offer.data) return <Scan offer={offer.data} onClose={onClose} />
  return (
    <PasswordAsk
      title={w.codesOn}
      text={w.codesNeed}
      ok={w.go}
      act={offer.mutateAsync}
      onClose={onClose}
      onDone={() => {}}
    />
  )
}

const Scan = ({ offer, onClose }: { offer: Offer; onClose: () => void }) => {
  const w = useMessages(accountWords)
  const toast = useToast()
  const say = useFailureWords()
  const { confirm } = useFactorWrites()
  const [code, setCode] = useState('')
  const kept = () => {
    toast({ text: w.codesAreOn })
    onClose()
  }
  if (confirm.isSuccess) return <BackupCodes codes={offer.backup_codes} onKept={kept} />
  return (
    <Confirm
      title={w.codesOn}
      text={w.scan}
      ok={w.turnOn}
      ready={code.trim().length >= 6}
      width={440}
      act={() => confirm.mutateAsync(code.trim())}
      say={(problem) => (reasonOf(problem) === 'code_wrong' ? w.firstCodeWrong : say(problem))}
      onClose={onClose}
      onDone={() => {}}
    >
      <QrCode text={offer.uri} label={w.qr} />
      <p className="quiet">
        {w.byHand}{' '}
        <code className="by-hand">{(offer.secret.match(/.{1,4}/g) ?? []).join(' ')}</code>
      </p>
      <PlainField label={w.firstCode}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            className="code-input"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </PlainField>
    </Confirm>
  )
}
