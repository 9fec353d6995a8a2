import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { type Offer, useFactorWrites } from './account.ts'
import { accountWords } from './accountWords.ts'
import { BackupCodes } from './BackupCodes.tsx'
import { PasswordAsk } from './PasswordAsk.tsx'
import { QrCode } from './QrCode.tsx'
import { useNotes } from './trouble.ts'

/** Password, then the QR code and its first six figures, then the backup codes. */
export const CodeSetup = ({ onClose }: { onClose: () => void }) => {
  const w = useMessages(accountWords)
  const { offer } = useFactorWrites()
  if (offer.data) return <Scan offer={offer.data} onClose={onClose} />
  return (
    <PasswordAsk
      title={w.codesOn}
      text={w.codesNeed}
      ok={w.go}
      busy={offer.isPending}
      problem={offer.error}
      onOk={(password) => offer.mutate(password)}
      onClose={onClose}
    />
  )
}

const Scan = ({ offer, onClose }: { offer: Offer; onClose: () => void }) => {
  const w = useMessages(accountWords)
  const toast = useToast()
  const { confirm } = useFactorWrites()
  const [code, setCode] = useState('')
  const note = useNotes(confirm.error, 'code')('code')
  if (confirm.isSuccess)
    return (
      <Modal
        open
        title={w.backup}
        closable={false}
        mask={{ closable: false }}
        keyboard={false}
        width={440}
        footer={
          <Button
            type="primary"
            onClick={() => {
              toast({ text: w.codesAreOn })
              onClose()
            }}
          >
            {w.kept}
          </Button>
        }
      >
        <BackupCodes codes={offer.backup_codes} />
      </Modal>
    )
  return (
    <Modal
      open
      title={w.codesOn}
      okText={w.turnOn}
      okButtonProps={{ disabled: code.trim().length < 6 }}
      confirmLoading={confirm.isPending}
      cancelText={w.cancel}
      width={440}
      onOk={() => confirm.mutate(code.trim())}
      onCancel={onClose}
    >
      <p>{w.scan}</p>
      <QrCode text={offer.uri} label={w.qr} />
      <p className="quiet">
        {w.byHand}{' '}
        <code className="by-hand">{(offer.secret.match(/.{1,4}/g) ?? []).join(' ')}</code>
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          confirm.mutate(code.trim())
        }}
      >
        <PlainField label={w.firstCode} wrong={note !== undefined} note={note}>
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
      </form>
    </Modal>
  )
}
