import { Dialog } from './Dialog.tsx'
import { keyWords } from './keyWords.ts'
import { useMessages } from './locale.tsx'

/** The keys of every screen, in groups; `?` shows them. */
export const KeysHelp = ({ onClose }: { onClose: () => void }) => {
  const w = useMessages(keyWords)
  return (
    <Dialog title={w.title} onCancel={onClose} footer={null} width={560}>
      <div className="keys-help">
        {w.groups.map(({ title, keys }) => (
          <section key={title}>
            <h2>{title}</h2>
            <dl>
              {keys.map(([key, what]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
