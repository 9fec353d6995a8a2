/** Gives the next number in [0, 1). */
export type Random = () => number

/** Mulberry32 by Tommy Ettinger, 2017, public domain: 32 bits of state, period 2^32. */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** FNV-1a over the parts: one seed gives each customer a stream of its own. */
export const seedOf = (...parts: (string | number)[]) =>
  [...parts.join('/')].reduce(
    (hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0,
    0x811c9dc5,
  )

export const chance = (random: Random, share: number) => random() < share

/** A whole number from `from` to `to`, both included. */
export const between = (random: Random, from: number, to: number, step = 1) =>
  from + step * Math.floor(random() * (Math.floor((to - from) / step) + 1))

export const pick = <T>(random: Random, list: readonly T[]): T => {
  const chosen = list[Math.floor(random() * list.length)]
  if (chosen === undefined) throw new Error('nothing to pick from')
  return chosen
}

/** One of the list, each as often as its weight says. */
export const weighted = <T>(random: Random, list: readonly T[], weight: (each: T) => number): T => {
  let left = random() * list.reduce((sum, each) => sum + weight(each), 0)
  for (const each of list) {
    left -= weight(each)
    if (left < 0) return each
  }
  return pick(random, list.slice(-1))
}

export const shuffled = <T>(random: Random, list: readonly T[]): T[] =>
  list
    .map((each) => ({ each, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ each }) => each)

/** `count` different ones of the list, fewer when it is shorter. */
export const some = <T>(random: Random, list: readonly T[], count: number): T[] =>
  shuffled(random, [...new Set(list)]).slice(0, count)
