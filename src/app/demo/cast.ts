import type { Kind } from './profile.ts'
import { pick, type Random, shuffled, weighted } from './random.ts'
import type { Life, Special, Template } from './template.ts'

export type Role = { kind: Kind; life: Life; special?: Special }
export type Person = Template['people'][number]

/** Who is to be invented: so many of each kind, each kind of life as often as its share says. */
export const castOf = (template: Template, random: Random): Role[] =>
  kinds(template).flatMap(([kind, count]) => {
    const specials = template.specials.filter((special) => special.kind === kind)
    const lives = shuffled(random, livesFor(template, count - specials.length))
    return [
      ...specials.map((special) => ({ kind, life: lifeOf(template, special.life), special })),
      ...lives.map((life) => ({ kind, life })),
    ]
  })

const kinds = ({ words: { mix } }: Template): [Kind, number][] => [
  ['organisation', mix.organisation],
  ['household', mix.household],
  ['person', mix.person],
]

const livesFor = ({ lives }: Template, count: number): Life[] => {
  const total = lives.reduce((sum, life) => sum + life.share, 0)
  const list = lives.flatMap((life) =>
    Array<Life>(Math.round((life.share * count) / total)).fill(life),
  )
  const first = lives.slice(0, 1)
  return [...list, ...Array.from({ length: count }, () => first).flat()].slice(0, count)
}

const lifeOf = ({ lives }: Template, key: string) => {
  const found = lives.find((life) => life.key === key)
  if (!found) throw new Error(`no life ${key}`)
  return found
}

/** The one who keeps a customer of this kind. */
export const keeperOf = ({ people }: Template, kind: Kind, random: Random): Person =>
  weighted(random, people, (person) => person.owns[kind] ?? 0)

/** The same person of each post for one customer, another than its keeper where there is one. */
export const crewOf = (
  { people }: Template,
  keeper: Person,
  random: Random,
): Map<string, Person> => {
  const posts = [...new Set(people.map((person) => person.post))]
  return new Map(
    posts.map((post) => {
      const all = people.filter((person) => person.post === post)
      const others = all.filter((person) => person.key !== keeper.key)
      return [post, pick(random, others.length > 0 ? others : all)]
    }),
  )
}
