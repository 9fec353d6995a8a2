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

/** The marks of the reader's language between words that are put together. */
export const useMarks = () => marks[useLocale()]

const marks = {
  zh: {
    comma: '，',
    listed: (names: readonly string[]) => names.join('、'),
    clauses: (parts: readonly string[]) => parts.join('；'),
    named: (what: string, which: string) => `${what}：${which}`,
    aside: (what: string, more: string) => `${what}（${more}）`,
  },
  en: {
    comma: ', ',
    listed: (names: readonly string[]) => names.join(', '),
    clauses: (parts: readonly string[]) => parts.join('; '),
    named: (what: string, which: string) => `${what}: ${which}`,
    aside: (what: string, more: string) => `${what} (${more})`,
  },
}

/** Puts a field's or a choice's label into the reader's language; what has no English name keeps its own. */
export const useLabel = () => {
  const locale = useLocale()
  return (label: Label) => label[locale] || label.zh
}
