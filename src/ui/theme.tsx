import { ConfigProvider, type MappingAlgorithm, type ThemeConfig, theme } from 'antd'
import { LoaderCircle, X } from 'lucide-react'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { useLocale, useMessages } from './locale.tsx'
import { useDark, useStill } from './media.ts'
import { applyTokens, type Mode, palette } from './tokens.ts'
import { words } from './words.ts'

type ThemeChoice = Mode | 'auto'
const choices: readonly ThemeChoice[] = ['auto', 'light', 'dark']
const stored = 'zhike.theme'

const ThemeContext = createContext<{
  choice: ThemeChoice
  mode: Mode
  choose: (choice: ThemeChoice) => void
}>({ choice: 'auto', mode: 'light', choose: () => {} })

export const useTheme = () => useContext(ThemeContext)

/** Light, dark or as the system has it; the choice is kept in this browser. */
export const ThemeProvider = ({ children }: { children: ReactNode }) => {
  const [choice, setChoice] = useState<ThemeChoice>(readChoice)
  const dark = useDark()
  const still = useStill()
  const mode = choice === 'auto' ? (dark ? 'dark' : 'light') : choice
  const locale = useLocale()
  useMemo(() => applyTokens(mode, locale), [mode, locale])
  const antdLocale = useAntdLocale()
  const value = useMemo(
    () => ({
      choice,
      mode,
      choose: (next: ThemeChoice) => {
        localStorage.setItem(stored, next)
        setChoice(next)
      },
    }),
    [choice, mode],
  )
  return (
    <ThemeContext value={value}>
      <ConfigProvider
        theme={still ? stillThemes[mode] : themes[mode]}
        wave={{ disabled: true }}
        locale={antdLocale}
        button={{ autoInsertSpace: false, loadingIcon: <LoaderCircle className="turning" /> }}
        modal={{ closeIcon: <X /> }}
        drawer={{ closeIcon: <X /> }}
      >
        {children}
      </ConfigProvider>
    </ThemeContext>
  )
}

/** The few words that antd says by itself, also to who listens. */
const useAntdLocale = () => {
  const w = useMessages(words)
  return useMemo(
    () => ({
      locale: w.language,
      global: { close: w.close, placeholder: w.choose },
      Modal: { okText: w.apply, cancelText: w.cancel, justOkText: w.apply },
      Empty: { description: w.noChoice },
    }),
    [w],
  )
}

const readChoice = (): ThemeChoice => {
  const value = localStorage.getItem(stored)
  return choices.find((choice) => choice === value) ?? 'auto'
}

const build = (mode: Mode): ThemeConfig => {
  const colours = palette[mode]
  return {
    algorithm: [mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm, exact(mode)],
    token: {
      fontFamily: 'var(--font)',
      fontSize: 14,
      borderRadius: 6,
      borderRadiusLG: 10,
      borderRadiusSM: 4,
      controlHeight: 32,
      controlHeightLG: 40,
      motionDurationFast: '0.12s',
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.18s',
      colorPrimary: colours.celadon,
      colorPrimaryBg: colours['celadon-wash'],
      colorTextLightSolid: colours['on-celadon'],
      colorError: colours.cinnabar,
      colorWarning: colours.amber,
      colorSuccess: colours.celadon,
      colorInfo: colours.indigo,
      colorLink: colours.indigo,
      colorText: colours.ink,
      colorTextHeading: colours.ink,
      colorTextSecondary: colours.muted,
      colorTextTertiary: colours.muted,
      colorTextDescription: colours.muted,
      colorTextPlaceholder: colours.faint,
      colorBgBase: colours.surface,
      colorBgContainer: colours.surface,
      colorBgElevated: colours.raised,
      colorBgLayout: colours.paper,
      colorBgMask: colours.veil,
      colorBorder: colours.edge,
      colorBorderSecondary: colours.hairline,
      colorSplit: colours.hairline,
      controlItemBgHover: colours.hover,
      controlItemBgActive: colours['celadon-wash'],
      controlItemBgActiveHover: colours['celadon-wash'],
      boxShadow: colours.shade,
      boxShadowSecondary: colours.shade,
      controlOutline: 'transparent',
    },
    components: {
      Button: {
        fontWeight: 400,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
      },
      Input: {
        borderRadiusLG: 6,
        activeShadow: 'none',
        errorActiveShadow: 'none',
        warningActiveShadow: 'none',
      },
      Select: { optionSelectedFontWeight: 600 },
    },
  }
}

/** antd derives shades of its own, darker ones at night; the palette's colours stand as they are. */
const exact = (mode: Mode): MappingAlgorithm => {
  const colours = palette[mode]
  const stronger = mode === 'dark' ? '#79CFC6' : '#185A54'
  return (seed, map) => ({
    ...(map ?? theme.defaultAlgorithm(seed)),
    colorPrimary: colours.celadon,
    colorPrimaryHover: stronger,
    colorPrimaryActive: stronger,
    colorPrimaryText: colours.celadon,
    colorPrimaryBorder: colours.celadon,
    colorError: colours.cinnabar,
    colorErrorHover: colours.cinnabar,
    colorErrorBg: colours['cinnabar-wash'],
    colorWarning: colours.amber,
    colorInfo: colours.indigo,
    colorLink: colours.indigo,
  })
}

const themes: Record<Mode, ThemeConfig> = { light: build('light'), dark: build('dark') }

/** Without motion no part waits for the end of one, which with the stylesheet's 0 s never comes. */
const stilled = (config: ThemeConfig): ThemeConfig => ({
  ...config,
  token: { ...config.token, motion: false },
})
const stillThemes: Record<Mode, ThemeConfig> = {
  light: stilled(themes.light),
  dark: stilled(themes.dark),
}
