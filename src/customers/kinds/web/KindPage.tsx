import { useParams } from '@tanstack/react-router'
import { plainKinds } from '#ui/kinds.ts'
import { KindList } from './KindList.tsx'

/** The list of the kind that the address names. */
export const KindPage = () => {
  const { plural }: { plural?: string } = useParams({ strict: false })
  const entity = plainKinds().find((each) => each.plural === plural)
  return entity ? <KindList key={entity.name} entity={entity} /> : null
}
