import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useFactors, useFactorWrites } from './account.ts'
import { accountWords } from './accountWords.ts'
import { BackupCodes } from './BackupCodes.tsx'
import { CodeSetup } from './CodeSetup.tsx'
import { PasswordAsk } from './PasswordAsk.tsx'
import { Section } from './Section.tsx'

/** One-time codes from the phone as the second step. */
export const Codes = () => {
  const w = useMessages(accountWords)
  const toast = useToast()
  const { data } = useFactors()
  const { end, renew } = useFactorWrites()
  const [open, setOpen] = useState<'on' | 'off' | 'renew'>()
  const close = () => {
    setOpen(undefined)
    end.reset()
    renew.reset()
  }
  const finish = () => {
    toast({ text: w.codesAreOff })
    close()
  }
  return (
    <Section title={w.codes}>
      <p className="quiet">{data?.code ? w.codesOnText : w.codesOffText}</p>
      {data && (
        <p className="account-actions">
          {data.code ? (
            <>
              <Button onClick={() => setOpen('renew')}>{w.renew}</Button>
              <Button onClick={() => setOpen('off')}>{w.turnOff}</Button>
            </>
          ) : (
            <Button onClick={() => setOpen('on')}>{w.codesOn}</Button>
          )}
        </p>
      )}
      {open === 'on' && <CodeSetup onClose={close} />}
      {open === 'off' && (
        <PasswordAsk
          title={w.codesOff}
          text={w.offText}
          ok={w.turnOff}
          danger
          busy={end.isPending}
          problem={end.error}
          onOk={(password) => end.mutate(password, { onSuccess: finish })}
          onClose={close}
        />
      )}
      {open === 'renew' && !renew.data && (
        <PasswordAsk
          title={w.renew}
          text={w.renewText}
          ok={w.renew}
          busy={renew.isPending}
          problem={renew.error}
          onOk={(password) => renew.mutate(password)}
          onClose={close}
        />
      )}
      {renew.data && (
        <Modal
          open
          title={w.backup}
          width={440}
          onCancel={close}
          footer={
            <Button type="primary" onClick={close}>
              {w.kept}
            </Button>
          }
        >
          <BackupCodes codes={renew.data.backup_codes} />
        </Modal>
      )}
    </Section>
  )
}
