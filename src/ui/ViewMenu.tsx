import { Bookmark } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { ListView } from '#platform/views/listView.ts'
import type { SavedView } from '#platform/views/model.ts'
import { builderWords } from './builderWords.ts'
import { nameOf, useDirectory } from './directory.tsx'
import { listWords } from './listWords.ts'
import { useMessages } from './locale.tsx'
import { Menu, type MenuItem } from './Menu.tsx'
import { useToast } from './Toasts.tsx'
import { useReasons } from './useReasons.ts'

const ViewForm = lazy(() =>
  import('./ViewForm.tsx').then((module) => ({ default: module.ViewForm })),
)
const DeleteView = lazy(() =>
  import('./DeleteView.tsx').then((module) => ({ default: module.DeleteView })),
)
const WhyOne = lazy(() => import('./WhyHere.tsx').then((module) => ({ default: module.WhyOne })))

/** Keeps the list as it is under a name, and what can be done with the view that is shown. */
export const ViewMenu = ({ view }: { view: ListView }) => {
  const w = useMessages(listWords)
  const say = useReasons()
  const toast = useToast()
  const { people, me } = useDirectory()
  const [form, setForm] = useState<'new' | SavedView>()
  const [asking, setAsking] = useState(false)
  const [deleting, setDeleting] = useState<SavedView>()
  const b = useMessages(builderWords)
  const { current, changed, defaultId } = view
  const mine = current?.can.edit ? current : undefined
  const told = async (work: Promise<unknown>, text: string) => {
    try {
      await work
      toast({ text })
    } catch (problem) {
      toast({ tone: 'failed', text: say(problemOf(problem)) })
    }
  }
  const others = current && current.owner_id !== me.id ? current : undefined
  const items: (MenuItem | undefined)[] = [
    mine && others
      ? {
          key: 'take',
          label: w.takeOver,
          run: () => void told(view.update(mine, { owner: 'me' }), w.takenOver(mine.name)),
        }
      : undefined,
    mine && changed
      ? {
          key: 'overwrite',
          label: w.overwrite,
          run: () => void told(view.overwrite(mine), w.saved(mine.name)),
        }
      : undefined,
    { key: 'save', label: w.saveView, run: () => setForm('new') },
    mine ? { key: 'rename', label: w.renameView, run: () => setForm(mine) } : undefined,
    current
      ? {
          key: 'default',
          label: defaultId === current.id ? w.noDefault : w.makeDefault,
          run: () => view.setDefault(defaultId === current.id ? null : current.id),
        }
      : undefined,
    { key: 'why', label: b.whyOne, run: () => setAsking(true) },
    mine
      ? {
          key: 'delete',
          label: w.deleteView,
          danger: true,
          run: () => setDeleting(mine),
        }
      : undefined,
  ]
  const head = others && w.byOther(nameOf(people, others.owner_id) ?? '')
  return (
    <>
      <Menu label={w.views} items={items.filter((item) => item !== undefined)} head={head}>
        <button
          type="button"
          className="icon-button"
          aria-label={w.views}
          title={w.views}
          data-changed={changed || undefined}
        >
          <Bookmark />
        </button>
      </Menu>
      <Suspense>
        {asking && (
          <WhyOne
            entity={view.entity}
            condition={view.query.filter}
            onClose={() => setAsking(false)}
          />
        )}
        {deleting && (
          <DeleteView view={view} saved={deleting} onClose={() => setDeleting(undefined)} />
        )}
        {form && (
          <ViewForm
            view={view}
            saved={form === 'new' ? undefined : form}
            onClose={() => setForm(undefined)}
          />
        )}
      </Suspense>
    </>
  )
}

/** What refused: the server in its words, else a fault. */
const problemOf = (problem: unknown): { reason: string } =>
  typeof problem === 'object' &&
  problem !== null &&
  'reason' in problem &&
  typeof problem.reason === 'string'
    ? { reason: problem.reason }
    : { reason: 'fault' }
