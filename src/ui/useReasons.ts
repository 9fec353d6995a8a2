import { useLocale } from './locale.tsx'
import { type MoreReasons, type Refusal, sayReason } from './reasons.ts'

/** Puts a refusal or a doubt into the reader's words; a slice may bring sentences of its own. */
export const useReasons = (more?: MoreReasons) => {
  const locale = useLocale()
  return (refusal: Refusal) => sayReason(locale, refusal, more)
}
