import assert from 'node:assert/strict'
import { test } from 'node:test'
import { palette } from './tokens.ts'

const channel = (value: number) => {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}
const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) =>
    channel(Number.parseInt(hex.slice(at, at + 2), 16)),
  )
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
/** WCAG 2.2 contrast ratio. */
const contrast = (one: string, other: string) => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const texts = ['ink', 'muted', 'celadon', 'cinnabar', 'amber', 'indigo'] as const
const grounds = ['paper', 'surface', 'raised', 'hover'] as const

for (const mode of ['light', 'dark'] as const)
  test(`${mode}: text reads on every ground`, () => {
    const colours = palette[mode]
    const pairs: [string, string, string][] = [
      ...texts.flatMap((text) =>
        grounds.map((ground): [string, string, string] => [
          `${text} on ${ground}`,
          colours[text],
          colours[ground],
        ]),
      ),
      ['celadon on its wash', colours.celadon, colours['celadon-wash']],
      ['ink on celadon wash', colours.ink, colours['celadon-wash']],
      ['muted on celadon wash', colours.muted, colours['celadon-wash']],
      ['cinnabar on its wash', colours.cinnabar, colours['cinnabar-wash']],
      ['button text', colours['on-celadon'], colours.celadon],
    ]
    const weak = pairs
      .map(([name, text, ground]) => `${name} ${contrast(text, ground).toFixed(2)}`)
      .filter((line) => Number(line.split(' ').at(-1)) < 4.5)
    assert.deepEqual(weak, [])
  })
