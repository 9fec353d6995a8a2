import type { Locale } from './field.ts'

/** Several values in one cell. One that holds a separator stands in double quotes, as in CSV. */
export const joinList = (values: readonly string[], locale: Locale): string =>
  values
    .map((value) => (unsafe.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(locale === 'zh' ? '、' : '; ')

/**
 * The values of a cell, parted by `,` `，` `、` `;` `；` or a new line; phones also by `/` between two
 * numbers. Blanks around a value and empty values fall away.
 */
export const splitList = (text: string, kind: 'tags' | 'phones' = 'tags'): string[] => {
  const values: string[] = []
  let rest = text.trim()
  while (rest !== '') {
    const quoted = /^"((?:[^"]|"")*)"\s*(?:[,，、;；\n]\s*|$)/.exec(rest)
    const plain = plainForm[kind].exec(rest)
    const value = quoted ? quoted[1]?.replaceAll('""', '"') : plain?.[1]
    values.push((value ?? '').trim())
    rest = rest.slice((quoted ?? plain)?.[0].length ?? rest.length).trim()
  }
  return values.filter((value) => value !== '')
}

const unsafe = /[,，、;；/\n"]/

const plainForm = {
  tags: /^(.*?)(?:[,，、;；\n]|$)/,
  phones: /^(.*?)(?:[,，、;；\n]|(?<=\d{7})\s*\/\s*(?=[+\d(（])|$)/,
}
