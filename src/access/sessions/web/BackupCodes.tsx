import { CopyButton } from '#ui/CopyButton.tsx'
import { useMessages } from '#ui/locale.tsx'
import { accountWords } from './accountWords.ts'

/** Shown once, to be written down. */
export const BackupCodes = ({ codes }: { codes: readonly string[] }) => {
  const w = useMessages(accountWords)
  return (
    <div className="backup-codes">
      <p>
        {w.backupText}
        <CopyButton text={codes.join('\n')} what={w.backup} />
      </p>
      <ul>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}
