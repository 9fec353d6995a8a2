import type { ListView } from '#platform/views/listView.ts'
import type { SavedView } from '#platform/views/model.ts'
import { Confirm } from './Confirm.tsx'
import { listWords } from './listWords.ts'
import { useMessages } from './locale.tsx'
import { useToast } from './Toasts.tsx'

/** A view is not in the recycle bin: it is asked for once, with who else loses it. */
export const DeleteView = (props: { view: ListView; saved: SavedView; onClose: () => void }) => {
  const { saved } = props
  const w = useMessages(listWords)
  const toast = useToast()
  return (
    <Confirm
      title={w.deleteViewTitle(saved.name)}
      text={w.deleteViewText(saved.shared_with.length > 0)}
      ok={w.deleteView}
      danger
      act={async () => {
        await props.view.remove(saved)
        toast({ text: w.removed(saved.name) })
      }}
      onClose={props.onClose}
    />
  )
}
