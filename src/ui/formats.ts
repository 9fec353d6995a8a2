const dates = new Map<string, Intl.DateTimeFormat>()
const numbers = new Map<string, Intl.NumberFormat>()

/**
 * The formatter of dates with these options, made once: to make one takes as long as to draw a row of a
 * table, and every cell asks for one.
 */
export const dateFormat = (tag: string, options: Intl.DateTimeFormatOptions) => {
  const key = `${tag} ${JSON.stringify(options)}`
  const made = dates.get(key) ?? new Intl.DateTimeFormat(tag, options)
  dates.set(key, made)
  return made
}

/** The formatter of numbers of a language, made once. */
export const numberFormat = (tag: string) => {
  const made = numbers.get(tag) ?? new Intl.NumberFormat(tag, { maximumFractionDigits: 6 })
  numbers.set(tag, made)
  return made
}
