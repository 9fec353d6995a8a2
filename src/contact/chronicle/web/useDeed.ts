import { nameOf, useDirectory } from '#ui/directory.tsx'
import { kindLabel, kindNamed } from '#ui/kinds.ts'
import { useLabel, useLocale, useMessages } from '#ui/locale.tsx'
import { longDay } from '#ui/time.ts'
import { titleIn } from './changes.ts'
import { chronicleWords } from './messages.ts'
import type { Happening } from './useChronicle.ts'

/** What somebody did, in words that follow the name. */
export const useDeed = () => {
  const w = useMessages(chronicleWords)
  const locale = useLocale()
  const { today } = useDirectory()
  const memberIn = useMemberIn()
  const label = useLabel()
  const viewedIn = useViewedIn()
  /** Kinds that no slice has words for are told by what their fields call them. */
  const generic = ({ kind, payload }: Happening) => {
    const title = titleIn(payload, 'title')
    const [name = '', verb = ''] = kind.split('.')
    if (verb === 'plain_viewed') return viewedIn(name, payload)
    const say = w.verbs(verb)
    return say ? `${say}${label(kindLabel(name))}${title ? ` ${title}` : ''}` : w.other
  }
  return (event: Happening): string => {
    const { kind, payload } = event
    const task = titleIn(payload, 'title') ?? w.aTask
    const contact = titleIn(payload, 'name') ?? w.aContact
    const file = typeof payload.name === 'string' ? payload.name : ''
    const member = memberIn(payload)
    const deeds: Record<string, () => string> = {
      'customer.created': () => w.created,
      'customer.updated': () => w.changed,
      'customer.deleted': () => w.deleted,
      'customer.member_added': () => w.memberAdded(member.name, member.how),
      'customer.member_changed': () => w.memberChanged(member.name, member.how),
      'customer.member_removed': () => w.memberRemoved(member.name),
      'customer.member_ended': () => w.memberEnded(member.name),
      'customer.restored': () => w.restored,
      'contact.created': () => w.contactCreated(contact),
      'contact.updated': () => w.contactUpdated(contact),
      'contact.deleted': () => w.contactDeleted(contact),
      'task.created': () => {
        const day = dueIn(payload)
        return w.taskCreated(task, day ? longDay(day, today, locale) : '')
      },
      'task.updated': () => w.taskUpdated(task),
      'task.completed': () => w.taskCompleted(task),
      'task.reopened': () => w.taskReopened(task),
      'task.deleted': () => w.taskDeleted(task),
      'file.added': () => w.fileAdded(file),
      'file.deleted': () => w.fileDeleted(file),
    }
    return deeds[kind]?.() ?? generic(event)
  }
}

const dueIn = ({ values }: Record<string, unknown>): string | undefined => {
  const due: unknown =
    typeof values === 'object' && values !== null && Reflect.get(values, 'due_on')
  return typeof due === 'string' ? due : undefined
}

/** Which covered value somebody looked at and why; a field that is hidden from the reader is not named. */
const useViewedIn = () => {
  const w = useMessages(chronicleWords)
  const label = useLabel()
  const { rightOf } = useDirectory()
  return (kind: string, { facts }: Record<string, unknown>) => {
    const given = typeof facts === 'object' && facts !== null ? { ...facts } : {}
    const { field: name = '', reason = '' }: Record<string, unknown> = given
    const field = kindNamed(kind)?.fields[String(name)]
    const seen = field && rightOf(kind, String(name)) !== 'hidden'
    return w.plainViewed(
      label(kindLabel(kind)),
      seen ? label(field.label) : w.covered,
      String(reason),
    )
  }
}

/** Whom a share lets in and how far, in words. */
const useMemberIn = () => {
  const w = useMessages(chronicleWords)
  const locale = useLocale()
  const { people, departments, today } = useDirectory()
  return ({ facts }: Record<string, unknown>) => {
    const given = typeof facts === 'object' && facts !== null ? { ...facts } : {}
    const { principal_id, access, until }: Record<string, unknown> = given
    const day = typeof until === 'string' ? longDay(until, today, locale) : undefined
    return {
      name: nameOf([...people, ...departments], Number(principal_id)) ?? w.somebody,
      how: w.memberHow(access === 'write', day),
    }
  }
}
