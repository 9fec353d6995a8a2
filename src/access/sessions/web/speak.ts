import { useMutation } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'
import type { Locale } from '#platform/fields/field.ts'
import { useLocaleChoice } from '#ui/locale.tsx'

/** The language of this person, here at once, and on the server for whatever it writes to them. */
export const useSpeak = () => {
  const { locale, choose } = useLocaleChoice()
  const { mutate: speak } = useMutation({
    mutationFn: (next: Locale) => call('PATCH', '/me', { body: { locale: next } }),
    onMutate: choose,
  })
  return { locale, speak }
}
