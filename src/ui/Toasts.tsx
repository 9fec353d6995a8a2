import { Check, TriangleAlert, X } from 'lucide-react'
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'
import { useMessages } from './locale.tsx'
import { words } from './words.ts'

type Toast = {
  text: string
  tone?: 'done' | 'failed'
  undo?: () => void
  /** What can be done about it. */
  action?: { label: string; run: () => void }
}
type Shown = Toast & { key: number }

const ToastContext = createContext<(toast: Toast) => void>(() => {})

/** Says what happened, at the lower edge, with a way back where there is one. */
export const useToast = () => useContext(ToastContext)

// Long enough to read and to reach the undo; a failure stays until it is closed.
const stay = 5000

export const ToastProvider = ({ children }: { children: ReactNode }) => {
  const [shown, setShown] = useState<readonly Shown[]>([])
  const count = useRef(0)
  const close = useCallback(
    (key: number) => setShown((toasts) => toasts.filter((toast) => toast.key !== key)),
    [],
  )
  const show = useCallback(
    (toast: Toast) => {
      count.current += 1
      const key = count.current
      setShown((toasts) => [...toasts.slice(-2), { ...toast, key }])
      if (toast.tone !== 'failed') setTimeout(() => close(key), stay)
    },
    [close],
  )
  return (
    <ToastContext value={show}>
      {children}
      <Stack toasts={shown} close={close} />
    </ToastContext>
  )
}

const Stack = (props: { toasts: readonly Shown[]; close: (key: number) => void }) => {
  const w = useMessages(words)
  return (
    <div className="toasts" aria-live="polite">
      {props.toasts.map((toast) => (
        <div key={toast.key} className="toast" data-tone={toast.tone ?? 'done'} role="status">
          {toast.tone === 'failed' ? <TriangleAlert /> : <Check />}
          <span>{toast.text}</span>
          {waysOf(toast, w.undo).map(({ label, run }) => (
            <button
              key={label}
              type="button"
              className="link"
              onClick={() => {
                run()
                props.close(toast.key)
              }}
            >
              {label}
            </button>
          ))}
          <button
            type="button"
            className="icon-button"
            aria-label={w.close}
            onClick={() => props.close(toast.key)}
          >
            <X />
          </button>
        </div>
      ))}
    </div>
  )
}

const waysOf = ({ undo, action }: Toast, word: string) => [
  ...(undo ? [{ label: word, run: undo }] : []),
  ...(action ? [action] : []),
]
