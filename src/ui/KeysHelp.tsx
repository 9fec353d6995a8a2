import { Modal } from 'antd'
import { keyWords } from './keyWords.ts'
import { useMessages } from './locale.tsx'

/** The keys of every screen, in groups; `?` shows them. */
export const KeysHelp = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const w = useMessages(keyWords)
  return (
    <Modal open={open} title={w.title} onCancel={onClose} footer={null} width={560}>
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
    </Modal>
  )
}
