import { bounded, type Decimal, ofWhole, toNumber, toPlaces, toText } from './decimal.ts'
import { dayOf, dayText, short } from './read.ts'
import { Trouble } from './trouble.ts'
import type { Part, Row, Type, Value } from './types.ts'

type Call = { name: string; at: number; args: readonly Part[]; places: readonly number[] }
type Make = (call: Call) => Part

/** The functions of formulas, by name; each checks what it is given. */
export const functions: Readonly<Record<string, Make>> = {
  IF: (call) => {
    const [test, then, otherwise] = exactly(call, 3)
    need(call, 0, 'bool')
    const type = common(call, [then, otherwise])
    return {
      type,
      ...wordsOf(then, otherwise),
      run: (row) => (test.run(row) === true ? then.run(row) : otherwise.run(row)),
    }
  },
  AND: (call) => logical(call, (values) => values.every((each) => each === true)),
  OR: (call) => logical(call, (values) => values.some((each) => each === true)),
  SUM: (call) => figures(call, (list) => bounded(list.reduce((sum, each) => sum + each, 0n))),
  MIN: (call) => figures(call, (list) => pick(list, (a, b) => a < b)),
  MAX: (call) => figures(call, (list) => pick(list, (a, b) => a > b)),
  ABS: (call) => {
    exactly(call, 1)
    return figures(call, ([first]) => (first === undefined ? null : first < 0n ? -first : first))
  },
  ROUND: (call) => {
    const [value, places] = between(call, 1, 2)
    needFigure(call, 0)
    if (places) need(call, 1, 'number')
    return {
      type: value.type,
      run: (row) => {
        const figure = value.run(row)
        const kept = places ? places.run(row) : 0n
        if (figure === null || kept === null) return null
        return toPlaces(figure as Decimal, toNumber(kept as Decimal))
      },
    }
  },
  DAYS: (call) => {
    const [end, start] = exactly(call, 2)
    need(call, 0, 'date')
    need(call, 1, 'date')
    return {
      type: 'number',
      run: both(end, start, (a, b) => ofWhole((a as number) - (b as number))),
    }
  },
  DATE: (call) => {
    exactly(call, 3)
    for (const place of [0, 1, 2]) need(call, place, 'number')
    return {
      type: 'date',
      run: (row) => {
        const parts = call.args.map((each) => each.run(row))
        if (parts.includes(null)) return null
        const [year, month, day] = parts.map((each) => toNumber(each as Decimal))
        return dayOf(year ?? 0, month ?? 0, day ?? 0)
      },
    }
  },
  YEAR: (call) => partOfDay(call, 0, 4),
  MONTH: (call) => partOfDay(call, 5, 7),
  DAY: (call) => partOfDay(call, 8, 10),
  LEN: (call) => {
    const [text] = exactly(call, 1)
    need(call, 0, 'text')
    return {
      type: 'number',
      run: (row) => {
        const value = text.run(row)
        return ofWhole(value === null ? 0 : [...String(value)].length)
      },
    }
  },
  CONCAT: (call) => {
    between(call, 1, most)
    for (const [place, { type }] of call.args.entries())
      if (type === 'other' || type === 'bool') throw wrong(call, place, 'text', type)
    return {
      type: 'text',
      run: (row) => short(call.args.map((each) => textOf(each.type, each.run(row))).join('')),
    }
  },
  EMPTY: (call) => {
    const [part] = exactly(call, 1)
    return {
      type: 'bool',
      run: (row) => {
        const value = part.run(row)
        return value === null || (Array.isArray(value) && value.length === 0)
      },
    }
  },
  HAS: (call) => {
    const [list, text] = exactly(call, 2)
    need(call, 0, 'list')
    need(call, 1, 'text')
    return {
      type: 'bool',
      run: (row) => {
        const values = list.run(row)
        return Array.isArray(values) && values.includes(String(text.run(row)))
      },
    }
  },
  TODAY: (call) => {
    throw new Trouble('formula_today', call.at)
  },
}

const most = 50

export const wrong = (
  { places, at }: Pick<Call, 'places' | 'at'>,
  place: number,
  wanted: string,
  found: string,
) => new Trouble('formula_type', places[place] ?? at, { wanted, found })

const need = (call: Call, place: number, type: Type) => {
  const found = call.args[place]?.type
  if (found !== undefined && found !== type) throw wrong(call, place, type, found)
}

const needFigure = (call: Call, place: number) => {
  const found = call.args[place]?.type
  if (found !== 'number' && found !== 'money') throw wrong(call, place, 'number', found ?? 'other')
}

type Three = readonly [Part, Part, Part]
const exactly = (call: Call, count: number): Three => between(call, count, count)

/** The caller takes only as many as it asked for, so the tuple's type may promise three. */
const between = (call: Call, least: number, count: number): Three => {
  if (call.args.length < least || call.args.length > count)
    throw new Trouble('formula_arguments', call.at, {
      name: call.name,
      count: least === count ? String(least) : `${least}–${count}`,
    })
  return call.args as unknown as Three
}

/** One type for all of them; a plain number beside money means yuan. */
const common = (call: Call, parts: readonly Part[]): Type => {
  const firm = parts.find((each) => !each.literal)?.type ?? parts[0]?.type ?? 'other'
  for (const part of parts) {
    const fits = part.type === firm || (part.literal && firm === 'money')
    if (!fits) throw wrong(call, call.args.indexOf(part), firm, part.type)
  }
  return firm
}

const wordsOf = (one: Part, other: Part) =>
  one.words && other.words ? { words: [...one.words, ...other.words] } : {}

const logical = (call: Call, judge: (values: Value[]) => boolean): Part => {
  between(call, 1, most)
  for (const place of call.args.keys()) need(call, place, 'bool')
  return { type: 'bool', run: (row) => judge(call.args.map((each) => each.run(row))) }
}

/** Over figures of one kind; empty ones do not count. */
const figures = (call: Call, reckon: (list: Decimal[]) => Decimal | null): Part => {
  between(call, 1, most)
  for (const place of call.args.keys()) needFigure(call, place)
  return {
    type: common(call, call.args),
    run: (row) => {
      const list = call.args.map((each) => each.run(row)).filter((each) => each !== null)
      return list.length === 0 ? null : reckon(list as Decimal[])
    },
  }
}

const pick = (list: Decimal[], better: (a: Decimal, b: Decimal) => boolean) =>
  list.reduce((best, each) => (better(each, best) ? each : best))

const partOfDay = (call: Call, from: number, to: number): Part => {
  const [date] = exactly(call, 1)
  need(call, 0, 'date')
  return {
    type: 'number',
    run: (row) => {
      const day = date.run(row)
      const text = day === null ? null : dayText(day as number)
      return text === null ? null : ofWhole(Number(text.slice(from, to)))
    },
  }
}

export const both =
  (left: Part, right: Part, reckon: (a: Value, b: Value) => Value) =>
  (row: Row): Value => {
    const a = left.run(row)
    const b = right.run(row)
    return a === null || b === null ? null : reckon(a, b)
  }

const textOf = (type: Type, value: Value): string => {
  if (value === null) return ''
  if (type === 'number' || type === 'money') return toText(value as Decimal)
  if (type === 'date') return dayText(value as number) ?? ''
  return Array.isArray(value) ? value.join('、') : String(value)
}
