import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useRepeatKey } from '#platform/lists/repeatKey.ts'
import { refreshAround, useCreate } from '#platform/lists/source.ts'
import { AddedFields, addedValues, useAddedProblem, useRefusalWords } from '#ui/AddedFields.tsx'
import { DayPicks } from '#ui/DayPicks.tsx'
import { useDirectory } from '#ui/directory.tsx'
import type { Draft } from '#ui/formState.ts'
import { useLastingText } from '#ui/Lasting.tsx'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { addDays, sayDay } from '#ui/time.ts'
import { task } from '../fields.ts'
import type { Task } from './look.tsx'
import { nextWords } from './nextMessages.ts'
import { tasksPath } from './useOpenTasks.ts'

/** One line that grows: what comes next and on which day, tomorrow unless another is chosen. */
export const NextForm = ({ customerId, begun }: { customerId: string; begun: number }) => {
  const w = useMessages(nextWords)
  const locale = useLocale()
  const { today } = useDirectory()
  const toast = useToast()
  const say = useRefusalWords(task)
  const problem = useAddedProblem()
  const [added, setAdded] = useState<Draft>({})
  const client = useQueryClient()
  const create = useCreate<Task>(tasksPath(customerId), '/tasks')
  const { keyOf, renew } = useRepeatKey()
  const [title, setTitle] = useState('')
  const [day, setDay] = useState<string | null>(null)
  const { lasts } = useLastingText(title !== '')
  const field = useRef<InputRef>(null)
  useEffect(() => {
    if (begun > 0) field.current?.focus()
  }, [begun])
  const add = async () => {
    const fixed = { title: title.trim(), due_on: day ?? addDays(today, 1) }
    if (fixed.title === '') return field.current?.focus()
    const wrong = problem(task, added, fixed)
    if (wrong) return toast({ tone: 'failed', text: wrong })
    const body = { ...addedValues(task, added, fixed), ...fixed }
    try {
      await create.mutateAsync({ body, key: keyOf(body) })
      renew()
      setTitle('')
      setAdded({})
      setDay(null)
      toast({ text: w.added(body.title, sayDay(body.due_on, today, locale)) })
      void refreshAround(client, `/customers/${customerId}`)
    } catch (problem) {
      toast({ tone: 'failed', text: say(problem) })
    }
  }
  return (
    <form
      className="next-form"
      data-lasts={lasts}
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <Input
        ref={field}
        value={title}
        maxLength={200}
        placeholder={w.what}
        aria-label={w.what}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          // Leaves the field, not the drawer around it.
          event.nativeEvent.stopImmediatePropagation()
          event.currentTarget.blur()
        }}
      />
      {title !== '' && <AddedFields entity={task} draft={added} onChange={setAdded} />}
      {title !== '' && (
        <div className="next-form-foot">
          <DayPicks label={w.when} value={day ?? addDays(today, 1)} onChange={setDay} />
          <Button type="primary" htmlType="submit" loading={create.isPending}>
            {w.add}
          </Button>
        </div>
      )}
    </form>
  )
}
