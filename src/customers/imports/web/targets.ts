import { type Entity, keyNames } from '#platform/fields/entity.ts'
import { type Field, isList, isWritten } from '#platform/fields/field.ts'
import { customerField, customerPath, waysTo } from '#platform/imports/customerField.ts'
import { filesField, filesPath } from '#platform/imports/filesField.ts'
import type { Importable } from '#platform/imports/ports.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useFields } from '#ui/fields.ts'
import { kindNamed } from '#ui/kinds.ts'

export type Target = { path: string; entity: Entity; field: Field; many: boolean }

/** What columns can go to: the same fields that the server accepts from this person. */
export const useTargets = (
  { entity, beside, below }: Importable,
  files = false,
): readonly Target[] => {
  const { rightOf, may } = useDirectory()
  // An administrator may add a field meanwhile.
  useFields(entity)
  useFields(beside ?? entity)
  useFields(below ?? entity)
  const isNamed = (field: Field) => {
    const to = 'to' in field ? kindNamed(String(field.to)) : undefined
    return to !== undefined && !to.root && ['read', 'write'].includes(rightOf(to.name, to.title))
  }
  const of = (kind: Entity, before: string) =>
    Object.entries<Field>(kind.fields).flatMap(([name, field]): Target[] => {
      const right = rightOf(kind.name, name)
      const known = before === '' && keyNames(entity).includes(name)
      const brought = field.imported && may(`${kind.plural}.edit`)
      const allowed =
        isWritten(field) || brought
          ? right === 'write'
          : known && (right === 'write' || right === 'read')
      if (field.kind === 'file' || !allowed) return []
      if (field.kind === 'reference' && (before !== '' || !isNamed(field))) return []
      // Two phone columns fill one list, and province, city and county one region.
      const many = isList(field) || field.kind === 'region'
      return [{ path: `${before}${name}`, entity: kind, field, many }]
    })
  const attached: Target[] =
    files && may('files.create') ? [{ path: filesPath, entity, field: filesField, many: true }] : []
  const plain = (name: string) => ['read', 'write'].includes(rightOf(below?.name ?? '', name))
  const asked = below && customerField(below, entity, waysTo(below, plain))
  const customer = asked ? [{ path: customerPath, entity, field: asked, many: true }] : []
  return [
    ...customer,
    ...of(entity, ''),
    ...(beside ? of(beside, `${beside.name}.`) : []),
    ...attached,
  ]
}
