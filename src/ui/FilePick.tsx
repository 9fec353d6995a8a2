import { type ReactNode, useRef } from 'react'

/** A quiet button that lets one choose files of this device. */
export const FilePick = (props: {
  id?: string
  className?: string
  label: string
  onFiles: (files: readonly File[]) => void
  children: ReactNode
}) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        id={props.id}
        className={props.className ?? 'chip-add'}
        aria-label={props.label}
        title={props.label}
        onClick={() => input.current?.click()}
      >
        {props.children}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          // The same file may be chosen again after it was taken away.
          event.target.value = ''
          if (files.length > 0) props.onFiles(files)
        }}
      />
    </>
  )
}
