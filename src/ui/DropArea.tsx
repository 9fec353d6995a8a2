import { type ClipboardEvent, type DragEvent, type ReactNode, useRef, useState } from 'react'

type Props = {
  className?: string
  /** Undefined while nothing can be taken. */
  onFiles: ((files: readonly File[]) => void) | undefined
  children: ReactNode
}

/** Takes files that are dropped or pasted anywhere on it. */
export const DropArea = ({ className = '', onFiles, children }: Props) => {
  const [over, setOver] = useState(false)
  // Children of the area fire enter and leave of their own.
  const depth = useRef(0)
  const hover = (step: number) => {
    depth.current = Math.max(depth.current + step, 0)
    setOver(depth.current > 0)
  }
  const take = (event: DragEvent | ClipboardEvent, list: FileList | undefined) => {
    const files = [...(list ?? [])]
    if (!onFiles || files.length === 0) return
    event.preventDefault()
    onFiles(files)
  }
  const carries = (event: DragEvent) => onFiles && event.dataTransfer.types.includes('Files')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a pointer's shortcut; the button to choose files is the keyboard's way
    <div
      className={`drop-area ${className}`}
      data-over={over || undefined}
      onDragEnter={(event) => carries(event) && hover(1)}
      onDragLeave={(event) => carries(event) && hover(-1)}
      onDragOver={(event) => carries(event) && event.preventDefault()}
      onDrop={(event) => {
        depth.current = 0
        setOver(false)
        take(event, event.dataTransfer.files)
      }}
      onPaste={(event) => take(event, event.clipboardData.files)}
    >
      {children}
    </div>
  )
}
