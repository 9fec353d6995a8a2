import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { Label, Locale } from '#platform/fields/field.ts'

const stored = 'zhike.locale'

const LocaleContext = createContext<{ locale: Locale; choose: (locale: Locale) => void }>({
  locale: 'zh',
  choose: () => {},
})

export const LocaleProvider = ({ children }: { children: ReactNode }) => {
  const [locale, setLocale] = useState<Locale>(() =>
    localStorage.getItem(stored) === 'en' ? 'en' : 'zh',
  )
  useEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en'
  }, [locale])
  const value = useMemo(
    () => ({
      locale,
      choose: (next: Locale) => {
        localStorage.setItem(stored, next)
        setLocale(next)
      },
    }),
    [locale],
  )
  return <LocaleContext value={value}>{children}</LocaleContext>
}

export const useLocale = () => useContext(LocaleContext).locale
export const useLocaleChoice = () => useContext(LocaleContext)
export const useMessages = <T,>(words: Record<Locale, T>): T => words[useLocale()]

/** Puts a field's or a choice's label into the reader's language. */
export const useLabel = () => {
  const locale = useLocale()
  return (label: Label) => label[locale]
}
