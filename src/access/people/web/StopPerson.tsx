import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { peopleWords } from './messages.ts'
import { type Person, usePersonWrites } from './people.ts'

/** Puts a person out of service after a question, or brings one back. */
export const StopPerson = ({ person, onDone }: { person: Person; onDone: () => void }) => {
  const w = useMessages(peopleWords)
  const toast = useToast()
  const say = useFailureWords()
  const { change } = usePersonWrites()
  const [asking, setAsking] = useState(false)
  const turn = (active: boolean) =>
    change.mutate(
      { person, body: { active } },
      {
        onSuccess: () => {
          toast({ text: active ? w.started(person.name) : w.stopped(person.name) })
          onDone()
        },
        onError: (problem) => {
          setAsking(false)
          toast({ tone: 'failed', text: say(problem) })
        },
      },
    )
  return (
    <p className="form-aside">
      {person.active ? (
        <Button danger onClick={() => setAsking(true)}>
          {w.stop}
        </Button>
      ) : (
        <Button loading={change.isPending} onClick={() => turn(true)}>
          {w.start}
        </Button>
      )}
      <Modal
        open={asking}
        title={w.stopTitle(person.name)}
        okText={w.stop}
        okButtonProps={{ danger: true }}
        confirmLoading={change.isPending}
        cancelText={w.keep}
        width={400}
        onOk={() => turn(false)}
        onCancel={() => setAsking(false)}
      >
        <p>{w.stopText}</p>
      </Modal>
    </p>
  )
}
