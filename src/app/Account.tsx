import { Languages, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSignOut } from '#access/sessions/web/signOut.ts'
import { useSpeak } from '#access/sessions/web/speak.ts'
import { useDirectory } from '#ui/directory.tsx'
import { initialOf } from '#ui/initials.ts'
import { useMarks, useMessages } from '#ui/locale.tsx'
import { Menu } from '#ui/Menu.tsx'
import { useTheme } from '#ui/theme.tsx'
import { appWords } from './messages.ts'

/** The person at the foot of the navigation, with what concerns only this person. */
export const Account = () => {
  const w = useMessages(appWords)
  const { named } = useMarks()
  const { me } = useDirectory()
  const { choice, choose } = useTheme()
  const { locale, speak } = useSpeak()
  const signOut = useSignOut()
  const theme = (key: typeof choice, label: string, icon: ReactNode) => ({
    key,
    label,
    icon,
    checked: choice === key,
    run: () => choose(key),
  })
  return (
    <Menu
      label={w.me}
      placement="topLeft"
      head={
        <>
          <strong>{me.name}</strong>
          <p className="quiet">{me.organisation}</p>
        </>
      }
      items={[
        'line',
        { key: 'me', label: w.settings, icon: <Settings />, href: '/settings' },
        'line',
        theme('auto', w.themeAuto, <Monitor />),
        theme('light', w.themeLight, <Sun />),
        theme('dark', w.themeDark, <Moon />),
        'line',
        {
          key: 'language',
          label: locale === 'zh' ? 'English' : '中文',
          icon: <Languages />,
          run: () => speak(locale === 'zh' ? 'en' : 'zh'),
        },
        { key: 'out', label: w.signOut, icon: <LogOut />, run: signOut },
      ]}
    >
      <button type="button" className="account" aria-label={named(w.me, me.name)}>
        <span className="glyph" aria-hidden="true">
          {initialOf(me.name)}
        </span>
        <span className="account-name">{me.name}</span>
      </button>
    </Menu>
  )
}
