import type { ReactNode } from 'react'
import { useLocaleChoice } from './locale.tsx'
import { Wordmark } from './Wordmark.tsx'

/** The page before one is inside: the sign of the house, one column, nothing else. */
export const Doorway = ({ long, children }: { long?: true; children: ReactNode }) => {
  const { locale, choose } = useLocaleChoice()
  return (
    <div className="doorway">
      <main className="doorway-column" data-long={long}>
        <Wordmark />
        {children}
      </main>
      <button
        type="button"
        className="doorway-language"
        lang={locale === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => choose(locale === 'zh' ? 'en' : 'zh')}
      >
        {locale === 'zh' ? 'English' : '中文'}
      </button>
    </div>
  )
}
