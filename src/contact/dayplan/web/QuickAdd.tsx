import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useId, useRef, useState } from 'react'
import type { PickedCustomer } from '#customers/customers/web/CustomerPick.tsx'
import { HOME } from '#platform/database/ctx.ts'
import { call } from '#platform/door/client.ts'
import { useRepeatKey } from '#platform/lists/repeatKey.ts'
import { refreshLists } from '#platform/lists/source.ts'
import { AddedFields, addedValues, useAddedProblem, useRefusalWords } from '#ui/AddedFields.tsx'
import { useDirectory } from '#ui/directory.tsx'
import type { Draft } from '#ui/formState.ts'
import { useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { task } from '../../tasks/fields.ts'
import { DueButton } from '../../tasks/web/DueButton.tsx'
import { taskWords } from '../../tasks/web/messages.ts'
import { dayWords } from './messages.ts'

// The search brings antd's Select, which nobody needs who only reads the day.
const CustomerPick = lazy(() =>
  import('#customers/customers/web/CustomerPick.tsx').then((module) => ({
    default: module.CustomerPick,
  })),
)

/** One line that takes a thing to do; what it is for and when stand ready beside it. */
export const QuickAdd = () => {
  const w = useMessages(dayWords)
  const id = useId()
  const { today } = useDirectory()
  const [awake, setAwake] = useState(false)
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [title, setTitle] = useState('')
  const [customer, setCustomer] = useState<PickedCustomer>()
  const [due, setDue] = useState(today)
  const [important, setImportant] = useState(false)
  const [urgent, setUrgent] = useState(false)
  const [added, setAdded] = useState<Draft>({})
  const problem = useAddedProblem()
  const toast = useToast()
  const add = useAdd(() => {
    setTitle('')
    setAdded({})
    setImportant(false)
    setUrgent(false)
  })
  const wanted = title.trim()
  const save = () => {
    if (wanted === '' || add.isPending) return
    const beside = { title: wanted, due_on: due, important, urgent }
    const wrong = problem(task, added, beside)
    if (wrong) return toast({ tone: 'failed', text: wrong })
    const more = addedValues(task, added, beside)
    add.mutate({
      ...more,
      customer_id: customer?.id ?? HOME,
      title: wanted,
      due_on: due,
      important,
      urgent,
    })
  }
  return (
    <form
      className="quick-add"
      onFocus={() => {
        clearTimeout(leaving.current)
        setAwake(true)
      }}
      onBlur={() => {
        // The focus may only be on its way into a menu, which counts as inside.
        leaving.current = setTimeout(() => {
          if (wanted === '' && !customer) setAwake(false)
        }, 100)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        setTitle('')
        setCustomer(undefined)
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Input
        prefix={<Plus />}
        variant="borderless"
        value={title}
        placeholder={awake ? w.addHint : w.add}
        aria-label={w.add}
        aria-keyshortcuts="A"
        onChange={(event) => setTitle(event.target.value)}
      />
      {awake && (
        <div className="quick-more">
          <Suspense>
            <CustomerPick
              id={id}
              value={customer}
              onChange={setCustomer}
              placeholder={w.addFor}
              label={w.addForLabel}
            />
          </Suspense>
          <DueButton day={due} onPick={setDue} label={w.move} />
          <Flag on={important} set={setImportant} word={w.important} />
          <Flag on={urgent} set={setUrgent} word={w.urgent} />
          <Button type="primary" htmlType="submit" disabled={wanted === ''} loading={add.isPending}>
            {w.addDo}
          </Button>
        </div>
      )}
      {awake && (
        <AddedFields
          entity={task}
          draft={added}
          beside={{ important, urgent }}
          onChange={setAdded}
        />
      )}
    </form>
  )
}

const Flag = (props: { on: boolean; set: (on: boolean) => void; word: string }) => (
  <button
    type="button"
    className="flag"
    aria-pressed={props.on}
    onClick={() => props.set(!props.on)}
  >
    {props.word}
  </button>
)

type New = {
  customer_id: string
  title: string
  due_on: string
  important: boolean
  urgent: boolean
}

const useAdd = (onAdded: () => void) => {
  const client = useQueryClient()
  const toast = useToast()
  const say = useRefusalWords(task)
  const w = useMessages(taskWords)
  const { keyOf, renew } = useRepeatKey()
  return useMutation({
    mutationFn: ({ customer_id, ...body }: New) =>
      call<{ title: string }>('POST', `/customers/${customer_id}/tasks`, {
        body,
        idempotencyKey: keyOf([customer_id, body]),
      }),
    onSuccess: (made) => {
      renew()
      toast({ text: w.created(made.title) })
      onAdded()
      return refreshLists(client, '/tasks', '/customers')
    },
    onError: (problem) => toast({ tone: 'failed', text: say(problem) }),
  })
}
