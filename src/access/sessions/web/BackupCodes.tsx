import { Button } from 'antd'
import { CopyButton } from '#ui/CopyButton.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { useMessages } from '#ui/locale.tsx'
import { accountWords } from './accountWords.ts'

/** Shown once, to be written down: nothing but saying so closes it. */
export const BackupCodes = (props: { codes: readonly string[]; onKept: () => void }) => {
  const w = useMessages(accountWords)
  return (
    <Dialog
      title={w.backup}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      width={440}
      footer={
        <Button type="primary" onClick={props.onKept}>
          {w.kept}
        </Button>
      }
    >
      <div className="backup-codes">
        <p>
          {w.backupText}
          <CopyButton text={props.codes.join('\n')} what={w.backup} />
        </p>
        <ul>
          {props.codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
