import type { Locale } from '#platform/fields/field.ts'

export type Mode = 'light' | 'dark'

/** The palette. Text roles hold a contrast of 4.5 on paper, surface and their wash; a test measures it. */
export const palette = {
  light: {
    paper: '#FBFAF7',
    surface: '#FFFFFF',
    raised: '#FFFFFF',
    hover: '#F6F4EF',
    hairline: '#E7E4DC',
    edge: '#CDC9BF',
    ink: '#1D2326',
    muted: '#5B666B',
    faint: '#7A858A',
    celadon: '#1F6F68',
    'celadon-wash': '#E8F1EF',
    'on-celadon': '#FFFFFF',
    cinnabar: '#B93A22',
    'cinnabar-wash': '#FAEDE9',
    amber: '#8A5A00',
    indigo: '#3F5BA9',
    shade: '0 1px 2px rgb(29 35 38 / 6%), 0 8px 28px rgb(29 35 38 / 12%)',
    veil: 'rgb(29 35 38 / 22%)',
  },
  dark: {
    paper: '#14181A',
    surface: '#1B2124',
    raised: '#232B2F',
    hover: '#212A2D',
    hairline: '#2C3438',
    edge: '#434D52',
    ink: '#E6E8E6',
    muted: '#9AA5A9',
    faint: '#6D787D',
    celadon: '#5DBDB3',
    'celadon-wash': '#1E2F2E',
    'on-celadon': '#0E1F1D',
    cinnabar: '#F0806A',
    'cinnabar-wash': '#33211D',
    amber: '#E0B15A',
    indigo: '#8FA6E8',
    shade: '0 1px 2px rgb(0 0 0 / 40%), 0 10px 32px rgb(0 0 0 / 50%)',
    veil: 'rgb(0 0 0 / 50%)',
  },
} as const satisfies Record<Mode, Record<string, string>>

const chinese =
  '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC"'

/** Chinese fonts set “ ”, ’ and … as wide as a character: what is English asks for its own ones first. */
const fontFamily: Record<Locale, string> = {
  zh: `${chinese}, system-ui, sans-serif`,
  en: `-apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", ${chinese}, system-ui, sans-serif`,
}

/** Writes the palette as custom properties, so that the stylesheet and antd speak of one ink. */
export const applyTokens = (mode: Mode, locale: Locale) => {
  const root = document.documentElement
  for (const [name, value] of Object.entries(palette[mode]))
    root.style.setProperty(`--${name}`, value)
  root.style.setProperty('--font', fontFamily[locale])
  root.style.colorScheme = mode
  root.dataset.theme = mode
}
