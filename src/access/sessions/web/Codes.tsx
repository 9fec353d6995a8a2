import { Button } from 'antd'
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
    renew.reset()
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
          act={async (password) => {
            await end.mutateAsync(password)
            toast({ text: w.codesAreOff })
          }}
          onClose={close}
        />
      )}
      {open === 'renew' && !renew.data && (
        <PasswordAsk
          title={w.renew}
          text={w.renewText}
          ok={w.renew}
          act={renew.mutateAsync}
          onClose={close}
          onDone={() => {}}
        />
      )}
      {renew.data && <BackupCodes codes={renew.data.backup_codes} onKept={close} />}
    </Section>
  )
}
