import { Button } from 'antd'
import { useState } from 'react'
import { Confirm } from '#ui/Confirm.tsx'
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
  const turn = async (active: boolean) => {
    await change.mutateAsync({ person, body: { active } })
    toast({ text: active ? w.started(person.name) : w.stopped(person.name) })
    onDone()
  }
  const start = () => turn(true).catch((problem) => toast({ tone: 'failed', text: say(problem) }))
  return (
    <p className="form-aside">
      {person.active ? (
        <Button danger onClick={() => setAsking(true)}>
          {w.stop}
        </Button>
      ) : (
        <Button loading={change.isPending} onClick={() => void start()}>
          {w.start}
        </Button>
      )}
      {asking && (
        <Confirm
          title={w.stopTitle(person.name)}
          text={w.stopText}
          ok={w.stop}
          stay={w.keep}
          danger
          act={() => turn(false)}
          onClose={() => setAsking(false)}
        />
      )}
    </p>
  )
}
