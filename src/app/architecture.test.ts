import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { locks } from '#platform/database/locks.ts'
import {
  floors,
  publicFiles,
  serverPackages,
  slices,
  tableOwners,
  vocabulary,
} from './testing/plan.ts'
import { type Source, sources } from './testing/sources.ts'

const all = await sources()
const named = new Map(all.map((each) => [each.path, each]))
/** The floor in which each kind of record is written down. */
const written = new Map(
  all.flatMap(({ path, text }) => {
    const table = /interface Tables \{\s+(\w+): TableOf</.exec(text)?.[1]
    const [, floor = ''] = path.split('/')
    return table && table !== 'customer' ? [[table, floor] as const] : []
  }),
)
const product = all.filter(({ isTest, path }) => !isTest && !path.startsWith('src/app/testing/'))

/** The floor and slice of a file: src/<floor>/<slice>/… */
const placeOf = (path: string) => {
  const [, floor = '', slice = ''] = path.split('/')
  return { floor, slice: path.split('/').length > 3 ? slice : '' }
}

const none = (found: string[], what: string) =>
  assert.deepEqual(found, [], `${what}:\n${found.join('\n')}`)

describe('the house', () => {
  it('has only the floors and slices that the plan names', () => {
    const unknown = product.filter(({ path }) => {
      const { floor, slice } = placeOf(path)
      if (!floors.includes(floor)) return true
      const known = slices[floor]
      return known !== undefined && slice !== '' && !known.includes(slice) && !isOnlyFields(path)
    })
    none(
      unknown.map(({ path }) => path),
      'outside the plan',
    )
  })

  it('imports only downward: floors, and slices within a floor', () => {
    const upward = product.flatMap((source) =>
      source.imports.flatMap(({ target }) => {
        if (!target) return []
        const from = placeOf(source.path)
        const to = placeOf(target)
        const wrong =
          from.floor === to.floor
            ? orderOf(from.floor, from.slice) < orderOf(to.floor, to.slice)
            : floors.indexOf(from.floor) < floors.indexOf(to.floor)
        return wrong ? [`${source.path} → ${target}`] : []
      }),
    )
    none(upward, 'upward')
  })

  it('has no circles', () => {
    none(circles(), 'circles')
  })

  it('keeps private files of a slice private', () => {
    const touched = product.flatMap((source) =>
      source.imports.flatMap(({ target }) => {
        if (!target || target.startsWith('src/platform/') || target.startsWith('src/ui/')) return []
        const from = placeOf(source.path)
        const to = placeOf(target)
        if (from.floor === 'app' || (from.floor === to.floor && from.slice === to.slice)) return []
        // A screen may be made of the screens' parts of lower slices (docs/decisions/010).
        const parts = source.path.includes('/web/') && target.includes('/web/')
        if (parts) return []
        return publicFiles.some((name) => target === `src/${to.floor}/${to.slice}/${name}`)
          ? []
          : [`${source.path} → ${target}`]
      }),
    )
    none(touched, 'private')
  })

  it('never lets the browser reach server code', () => {
    const reached = closure('src/app/web.tsx')
    const server = [...reached].flatMap((path) =>
      (named.get(path)?.imports ?? [])
        .filter(
          ({ name, typeOnly }) =>
            !typeOnly && (name.startsWith('node:') || serverPackages.includes(name)),
        )
        .map(({ name }) => `${path} → ${name}`),
    )
    assert.ok(reached.size > 30, 'the walk found the web app')
    none(server, 'server code in the browser')
  })

  it('names files of a slice from the vocabulary', () => {
    const odd = product.filter(({ path }) => {
      const { floor, slice } = placeOf(path)
      if (['platform', 'ui', 'app'].includes(floor) || slice === '') return false
      const rest = path.split('/').slice(3)
      return rest[0] !== 'web' && !(rest.length === 1 && vocabulary.includes(rest[0] ?? ''))
    })
    none(
      odd.map(({ path }) => path),
      'outside the vocabulary',
    )
  })

  it('touches no table of a higher floor', () => {
    const touched = product.flatMap((source) =>
      [...source.text.matchAll(tableUse)].flatMap((match) => {
        const table = match[1] ?? match[2] ?? ''
        const owner = tableOwners[table] ?? written.get(table)
        if (!owner) return []
        const floor = placeOf(source.path).floor
        return floors.indexOf(floor) < floors.indexOf(owner) ? [`${source.path}: ${table}`] : []
      }),
    )
    none(touched, 'tables of a higher floor')
  })

  it('takes advisory locks by name only', () => {
    const numbered = product.filter(({ text }) => /advisory\w*\(\s*\d/.test(text))
    none(
      numbered.map(({ path }) => path),
      'locks by number',
    )
    assert.equal(new Set(Object.values(locks)).size, Object.keys(locks).length)
  })

  it('keeps files short', () => {
    const long = all
      .filter(({ lines }) => lines > 400)
      .map(({ path, lines }) => `${path}: ${lines}`)
    none(long, 'longer than 400 lines')
    const sorted = product.map(({ lines }) => lines).sort((a, b) => a - b)
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
    assert.ok(at(0.95) <= 300, `95th percentile ${at(0.95)}`)
    assert.ok(at(0.5) <= 90, `median ${at(0.5)}`)
  })

  it('says types once: no any anywhere, no assertion outside the platform', () => {
    none(
      product.filter(({ anyTypes }) => anyTypes > 0).map(({ path }) => path),
      'any',
    )
    const asserted = product.filter(
      ({ path, assertions }) => assertions > 0 && !path.startsWith('src/platform/'),
    )
    none(
      asserted.map(({ path }) => path),
      'as',
    )
  })
})

/** A kind that is nothing but its fields needs no place in the plan: it imports the platform alone. */
const isOnlyFields = (path: string) => {
  const folder = path.slice(0, path.lastIndexOf('/'))
  const files = all.filter((each) => each.path.startsWith(`${folder}/`))
  return files.every((each) => [`${folder}/fields.ts`, `${folder}/rules.ts`].includes(each.path))
}

const tableUse =
  /(?:selectFrom|insertInto|updateTable|deleteFrom|innerJoin|leftJoin)\('(\w+)'|\b(?:from|join|update|insert into|delete from)\s+(\w+)\b/g

const orderOf = (floor: string, slice: string) => {
  const known = slices[floor]
  if (!known || slice === '') return Number.POSITIVE_INFINITY
  return known.indexOf(slice)
}

const closure = (start: string): Set<string> => {
  const reached = new Set<string>()
  const waiting = [start]
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    for (const { target, typeOnly } of named.get(path)?.imports ?? [])
      if (target && !typeOnly) waiting.push(target)
  }
  return reached
}

/** Files that reach themselves over imports that exist at run time. */
const circles = (): string[] => {
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (source: Source, trail: string[]) => {
    if (state.get(source.path) === 'done') return
    if (state.get(source.path) === 'open') {
      found.push([...trail.slice(trail.indexOf(source.path)), source.path].join(' → '))
      return
    }
    state.set(source.path, 'open')
    for (const { target, typeOnly } of source.imports) {
      const next = target && !typeOnly ? named.get(target) : undefined
      if (next) visit(next, [...trail, source.path])
    }
    state.set(source.path, 'done')
  }
  for (const source of product) visit(source, [])
  return found
}
