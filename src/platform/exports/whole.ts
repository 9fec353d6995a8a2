import { type Service, serve } from '../door/door.ts'
import type { Entity } from '../fields/entity.ts'
import { crud, within } from '../lists/crud.ts'
import { reads, writes } from '../lists/standard.ts'
import { exporting } from './exports.ts'

/** Everything behind the door that follows from the fields of a kind alone. */
export const whole = (entity: Entity): Service => {
  const handlers = { ...reads(entity), ...writes(entity), download: exporting(entity) }
  if (entity.root) return serve(crud(entity), handlers)
  return serve(
    { ...crud(entity), within: within(entity) },
    { ...handlers, within: reads(entity).list },
  )
}

/** The same of every kind for which no slice has a service of its own. */
export const wholeOnes = (
  entities: readonly Entity[],
  services: readonly Service[],
): readonly Service[] => {
  const served = new Set(
    services.flatMap(({ contract }) => (contract.list ? [contract.list.path] : [])),
  )
  return entities.filter(({ plural }) => !served.has(`/${plural}`)).map(whole)
}
