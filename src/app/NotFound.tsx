import { Anchor } from '#ui/Anchor.tsx'
import { Empty } from '#ui/Empty.tsx'
import { useMessages } from '#ui/locale.tsx'
import { appWords } from './messages.ts'

export const NotFound = () => {
  const w = useMessages(appWords)
  return (
    <Empty
      drawing="door"
      title={w.notFound}
      text={w.notFoundText}
      action={<Anchor href="/">{w.goHome}</Anchor>}
    />
  )
}
