/** `'` in any number, then blanks, then a sign that makes a spreadsheet compute; tab, CR and LF count as such signs (OWASP, CSV injection). */
const active = /^'*(?:\s*[=+\-@＝＋－＠]|[^\S\t\r\n]*[\t\r\n])/

/**
 * A number with one sign. It can call nothing, and `'-12.5` would no longer add up. `+8613800138000`
 * counts as well: programs that send messages read our files and do not know the apostrophe.
 * Anything else after the sign, `+86-138…` too, is arithmetic to a spreadsheet.
 */
const plainNumber = /^[+-]\d+(?:\.\d+)?$/

/**
 * Makes a text harmless in a CSV file: what a spreadsheet would take for a formula gets an apostrophe
 * in front, and so does what already begins with apostrophes before such a sign, so that
 * `unescapeCell(escapeCell(text)) === text` for every text.
 */
export const escapeCell = (text: string): string =>
  active.test(text) && !plainNumber.test(text) ? `'${text}` : text

/** Takes away the one apostrophe that `escapeCell` put there, and no other. */
export const unescapeCell = (text: string): string => {
  if (text.charCodeAt(0) !== 39) return text
  const rest = text.slice(1)
  return active.test(rest) && !plainNumber.test(rest) ? rest : text
}
