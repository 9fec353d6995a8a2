import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { maxCellLength } from './row.ts'
import { gatherText } from './xlsxText.ts'
import { readXml } from './xml.ts'

/** Strings are kept, spilled and fetched by blocks, so that the index has one entry for 256 of them. */
const blockStrings = 256

/** 8 million UTF-16 units: about 300,000 Chinese names and addresses; what is beyond goes to a file. */
const residentChars = 8 * 1024 * 1024

export type SharedStrings = {
  /** Reads on until the string of this index is known, or the end. */
  need(index: number): Promise<void>
  /** The string; undefined when there is none of this index. Only after `need`. */
  get(index: number): string | undefined
  close(): Promise<void>
}

/**
 * The string table of a workbook. It is read only as far as the rows ask, and held in memory only up
 * to a bound; what was used longest ago lies in a temporary file.
 */
export const readSharedStrings = (
  bytes: AsyncIterable<Buffer>,
  part: string,
  bound = residentChars,
): SharedStrings => {
  const store = openStore(bound)
  const pieces = readXml(bytes, part, collect(store.add))
  let finished = false
  let reading: Promise<void> = Promise.resolve()

  const readOn = async (index: number) => {
    while (!finished && store.count() <= index) finished = (await pieces.next()).done === true
  }
  return {
    need: async (index) => {
      if (index < store.count() || finished) return
      // Two readings of the table may ask at once: the second waits for the first.
      reading = reading.then(() => readOn(index))
      await reading
    },
    get: store.get,
    close: async () => {
      await pieces.return(undefined)
      store.close()
    },
  }
}

/** The text of each `si`: its own `t` and those of its runs, without phonetic guides (`rPh`). */
const collect = (add: (text: string) => void) => {
  const gathered = gatherText(maxCellLength)
  let guide = false
  let taking = false
  return {
    open: (name: string) => {
      if (name === 'si') gathered.clear()
      else if (name === 'rPh') guide = true
      else if (name === 't') taking = !guide
    },
    close: (name: string) => {
      if (name === 'si') add(gathered.text())
      else if (name === 'rPh') guide = false
      else if (name === 't') taking = false
    },
    text: (text: string) => {
      if (taking) gathered.add(text)
    },
  }
}

type Block = { strings: string[]; size: number }

/** Strings by index; `bound` is in UTF-16 units, to which every string adds 16 for itself. */
const openStore = (bound: number) => {
  const resident = new Map<number, Block>()
  const spill = openSpill()
  let filling: Block = { strings: [], size: 0 }
  let full = 0
  let size = 0

  const keep = (number: number, block: Block) => {
    resident.set(number, block)
    size += block.size
    for (const [oldest, old] of resident) {
      if (size <= bound || oldest === number) return
      spill.write(oldest, old.strings)
      resident.delete(oldest)
      size -= old.size
    }
  }
  const block = (number: number): string[] | undefined => {
    if (number === full) return filling.strings
    const known = resident.get(number)
    if (known) {
      // A Map keeps the order of insertion: what is used goes to the end, away from being spilled.
      resident.delete(number)
      resident.set(number, known)
      return known.strings
    }
    const strings = spill.read(number)
    if (strings) keep(number, { strings, size: strings.reduce((sum, one) => sum + sizeOf(one), 0) })
    return strings
  }
  return {
    count: () => full * blockStrings + filling.strings.length,
    add: (text: string) => {
      filling.strings.push(unshared(text))
      filling.size += sizeOf(text)
      if (filling.strings.length < blockStrings) return
      keep(full, filling)
      full++
      filling = { strings: [], size: 0 }
    },
    get: (index: number) => block(Math.floor(index / blockStrings))?.[index % blockStrings],
    close: spill.close,
  }
}

const sizeOf = (text: string) => text.length + 16

/** A text cut from a larger one keeps the larger one in memory (V8); the copy does not. */
const unshared = (text: string) =>
  text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le')

/** Blocks in a temporary file, made when first needed; JSON carries lone surrogates too. */
const openSpill = () => {
  const places = new Map<number, { at: number; length: number }>()
  let file: number | undefined
  let end = 0
  return {
    write: (number: number, strings: string[]) => {
      if (places.has(number)) return
      file ??= openUnnamed()
      const bytes = Buffer.from(JSON.stringify(strings))
      for (let done = 0; done < bytes.length; )
        done += writeSync(file, bytes, done, bytes.length - done, end + done)
      places.set(number, { at: end, length: bytes.length })
      end += bytes.length
    },
    read: (number: number): string[] | undefined => {
      const place = places.get(number)
      if (!place || file === undefined) return undefined
      const bytes = Buffer.alloc(place.length)
      for (let done = 0; done < bytes.length; )
        done += readSync(file, bytes, done, bytes.length - done, place.at + done)
      return JSON.parse(bytes.toString())
    },
    close: () => {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

/** The name goes at once, so that nothing is left behind whatever happens to the process. */
const openUnnamed = () => {
  const path = join(tmpdir(), `zhike-strings-${randomUUID()}`)
  const file = openSync(path, 'wx+', 0o600)
  rmSync(path)
  return file
}
