import { File as FileIcon, FileImage, FileSpreadsheet, FileText, RotateCw, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useLocale, useMessages } from './locale.tsx'
import { sayBytes } from './numbers.ts'
import { words } from './words.ts'

type Named = { name: string; size: number; media_type: string }

/** Pictures that the server hands out inline. */
const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
export const isPicture = ({ media_type }: Pick<Named, 'media_type'>) =>
  pictures.includes(media_type)

/** A picture as a small view of itself, which opens it whole. */
export const Picture = ({ file, href }: { file: Named; href: string }) => (
  <a className="picture" href={href} target="_blank" rel="noopener" title={file.name}>
    <img src={href} alt={file.name} loading="lazy" decoding="async" />
  </a>
)

type TileProps = {
  file: Named
  href?: string
  /** A line under the name instead of the size. */
  note?: ReactNode
  children?: ReactNode
}

/** A file by name and size; the end of a long name, which tells the kind, stays in sight. */
export const FileTile = ({ file, href, note, children }: TileProps) => {
  const locale = useLocale()
  const inside = (
    <>
      <Icon file={file} />
      <span className="file-words">
        <FileName name={file.name} />
        <span className="file-note">{note ?? sayBytes(file.size, locale)}</span>
      </span>
    </>
  )
  return (
    <div className="file-tile">
      {href ? (
        <a className="file-main" href={href} target={isPicture(file) ? '_blank' : undefined}>
          {inside}
        </a>
      ) : (
        <span className="file-main">{inside}</span>
      )}
      {children}
    </div>
  )
}

// As many letters as an ending such as “七）.docx” takes.
const tail = 7

const FileName = ({ name }: { name: string }) => {
  const letters = [...name]
  return (
    <span className="file-name" title={name}>
      <span>{letters.slice(0, -tail).join('')}</span>
      <span>{letters.slice(-tail).join('')}</span>
    </span>
  )
}

const Icon = ({ file: { name, media_type } }: { file: Named }) => {
  if (media_type.startsWith('image/')) return <FileImage />
  if (/\.(xlsx?|csv)$/i.test(name)) return <FileSpreadsheet />
  if (/\.(docx?|pdf|txt|md)$/i.test(name)) return <FileText />
  return <FileIcon />
}

/** A file on its way: how much has left, or why it did not arrive. */
export const UploadTile = (props: {
  file: File
  share: number
  done: boolean
  failed: string | undefined
  onRetry: () => void
  onDrop: () => void
}) => {
  const { file, share, done, failed } = props
  const w = useMessages(words)
  const locale = useLocale()
  const note = failed ? (
    <span className="late">{failed}</span>
  ) : done ? (
    sayBytes(file.size, locale)
  ) : (
    <progress aria-label={w.sending(file.name)} value={share} max={1} />
  )
  return (
    <FileTile file={{ name: file.name, size: file.size, media_type: file.type }} note={note}>
      {failed && (
        <button
          type="button"
          className="icon-button"
          aria-label={w.retry}
          title={w.retry}
          onClick={props.onRetry}
        >
          <RotateCw />
        </button>
      )}
      {(done || failed) && (
        <button
          type="button"
          className="icon-button"
          aria-label={w.removeFile(file.name)}
          title={w.remove}
          onClick={props.onDrop}
        >
          <X />
        </button>
      )}
    </FileTile>
  )
}
