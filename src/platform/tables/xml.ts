import { SaxesParser } from 'saxes'
import { refuse } from './refusals.ts'

export type XmlHandlers = {
  /** Names come without their prefix: some programs write `<x:row>`. */
  open(name: string, attributes: Record<string, string>): void
  close(name: string): void
  text(text: string): void
}

/** A tag or a text is held until it is whole; the longest honest one is a cell of 32,767 references. */
const maxTokenChars = 1024 * 1024

/**
 * Feeds XML to the handlers, piece by piece; yields after each piece, so that the reader can hand on
 * what came. Refuses a document type (with it entities and all that expands) and broken XML.
 */
export async function* readXml(
  bytes: AsyncIterable<Buffer>,
  part: string,
  on: XmlHandlers,
): AsyncGenerator<undefined> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({
    xmlns: false,
    position: false,
  })
  let sinceToken = 0
  const broken = (): never => {
    throw refuse('xlsx_broken', { part })
  }
  parser.on('error', broken)
  parser.on('doctype', broken)
  parser.on('opentag', (tag) => {
    sinceToken = 0
    on.open(local(tag.name), tag.attributes)
  })
  parser.on('closetag', (tag) => {
    sinceToken = 0
    on.close(local(tag.name))
  })
  parser.on('text', (text) => {
    sinceToken = 0
    on.text(text)
  })
  parser.on('cdata', (text) => {
    sinceToken = 0
    on.text(text)
  })

  let decoder: TextDecoder | undefined
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true })
    const text = decoded(() => decoder?.decode(chunk, { stream: true }))
    sinceToken += text.length
    parser.write(text)
    if (sinceToken > maxTokenChars) broken()
    yield
  }
  decoded(() => decoder?.decode())
  parser.close()
  yield

  function decoded(decode: () => string | undefined): string {
    try {
      return decode() ?? ''
    } catch {
      return broken()
    }
  }
}

/** Reads a small part to its end. */
export const readWholeXml = async (
  bytes: AsyncIterable<Buffer>,
  part: string,
  on: XmlHandlers,
): Promise<void> => {
  for await (const _ of readXml(bytes, part, on));
}

const local = (name: string) => name.slice(name.indexOf(':') + 1)

const encodingOf = (head: Buffer) => {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8'
}
