import { passwordBounds } from '../settings/accountBounds.ts'

/**
 * What makes a password too weak to take: too short, among the ones most used (NIST SP 800-63B
 * §5.1.1.2), or nothing but the name of this product or one of `words` (the user name, the organisation)
 * with figures around it.
 */
export const weaknessOf = async (
  password: string,
  words: readonly string[],
): Promise<'password_too_short' | 'password_common' | 'password_is_name' | undefined> => {
  if ([...password].length < passwordBounds.min) return 'password_too_short'
  const plain = password.normalize('NFKC').toLowerCase()
  if (words.some((word) => bare(plain) === bare(word.normalize('NFKC').toLowerCase())))
    return 'password_is_name'
  if (product.has(bare(plain))) return 'password_common'
  if (monotonous(plain) || favourites.test(plain) || (await common()).has(plain))
    return 'password_common'
  return undefined
}

const product = new Set(['zhike', '知客'])

/** Without figures and signs around it: zhangsan2026! is zhangsan. */
const bare = (text: string) => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '') || text

/** At most two different characters, or one run up or down the code points: 88888888, 23456789. */
const monotonous = (text: string) => {
  const codes = Array.from(text, (letter) => letter.codePointAt(0) ?? 0)
  if (new Set(codes).size <= 2) return true
  const steps = new Set(codes.slice(1).map((code, at) => code - (codes[at] ?? 0)))
  return steps.size === 1 && (steps.has(1) || steps.has(-1))
}

// Chinese favourites that the list, made from English leaks, lacks: love in figures and in pinyin.
const favourites =
  /^[a-z]{0,3}(?:520|521|1314|5201314|1314520|woaini|woaiwojia|aini|zhongguo|wojia)+[a-z]{0,3}\d{0,4}$/

const state: { list?: Promise<ReadonlySet<string>> } = {}

const common = () => {
  state.list ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(Array.from(dictionary['passwords-common'], String)),
  )
  return state.list
}
