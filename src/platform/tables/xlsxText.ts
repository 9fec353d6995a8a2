/**
 * `_xHHHH_` in a workbook's text stands for the UTF-16 unit HHHH (ECMA-376 Part 1, 22.9.2.19
 * ST_Xstring). With it a cell carries what XML cannot, control characters and lone surrogates, and
 * the underscore of a text that only looks like it.
 */
const escaped = /_x([0-9A-Fa-f]{4})_/g
const unsafe =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML refuses
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|_(?=x[0-9A-Fa-f]{4})/g
const markup = /[&<>"\r]/g
const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // As it is, XML turns it into LF.
  '\r': '&#13;',
}

/** A text as XML of a workbook, in an element or an attribute; `decodeText` gives it back exactly. */
export const encodeText = (text: string): string =>
  text
    .replace(
      unsafe,
      (unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replace(markup, (sign) => entities[sign] ?? sign)

/** The text that a workbook's parsed XML stands for. */
export const decodeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(escaped, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)))
    : text

/** Gathers the pieces of one cell's text; keeps no more of a monstrous one than shows that it is too long. */
export const gatherText = (limit: number) => {
  // Each character may be written as seven, `_xHHHH_`.
  const rawLimit = limit * 7
  let raw = ''
  return {
    clear: () => {
      raw = ''
    },
    add: (piece: string) => {
      if (raw.length <= rawLimit) raw += piece
    },
    text: () => decodeText(raw),
  }
}
