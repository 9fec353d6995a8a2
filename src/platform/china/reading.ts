import { customPinyin, pinyin } from 'pinyin-pro'

/** A Chinese character with its syllable (`lv` for lü) and tone 1 to 4 or 0, or a run of other text. */
export type Sound = { text: string; syllable?: string; tone: string }

// Readings that the dictionary of pinyin-pro lacks or has wrong: place names, and trades of shops.
const corrections = `
单县 shàn xiàn|莘庄 xīn zhuāng|六合区 lù hé qū|乐亭 lào tíng|乐清 yuè qīng|乐陵 lào líng|乐都 lè dū
都匀 dū yún|都昌 dū chāng|都安 dū ān|曾都 zēng dū|曾厝垵 zēng cuò ān|黄陂 huáng pí|涡阳 guō yáng
歙县 shè xiàn|浚县 xùn xiàn|洪洞 hóng tóng|泌阳 bì yáng|尉犁 yù lí|蔚县 yù xiàn|筠连 jūn lián
郫都 pí dū|繁峙 fán shì|栎阳 yuè yáng|宕昌 tàn chāng|珲春 hún chūn|浒墅关 xǔ shù guān|浒关 xǔ guān
大栅栏 dà shí làn|塘厦 táng xià|麻涌 má chōng|大涌 dà chōng|葵涌 kuí chōng|牟定 móu dìng|会稽 kuài jī
什邡 shí fāng|大埔 dà bù|穆棱 mù líng|喀什 kā shí|闵行 mǐn háng|莞城 guǎn chéng|吴堡 wú bǔ
新都 xīn dū|花都 huā dū|金都 jīn dū|银都 yín dū|丽都 lì dū|厦大 xià dà|湖泊 hú pō|梁山泊 liáng shān pō
车行 chē háng|米行 mǐ háng|琴行 qín háng|典当行 diǎn dàng háng|拍卖行 pāi mài háng|冷轧 lěng zhá
参茸 shēn róng|藏药 zàng yào|藏獒 zàng áo|朝晖 zhāo huī|率先 shuài xiān|给排水 jǐ pái shuǐ
重组 chóng zǔ|薄膜 bó mó|粘胶 zhān jiāo|爪哇 zhǎo wā|差旅 chāi lǚ|圈养 juàn yǎng|阿胶 ē jiāo|咖喱 gā lí
乾燥 gān zào|干燥 gān zào
`
let corrected = false

/** How each character of a simplified Chinese text is read where it stands; other text in runs. */
export const soundsOf = (text: string): Sound[] => {
  correct()
  const letters = [...text]
  const readings = pinyin(text, { toneType: 'num', type: 'array', v: true })
  const sounds: Sound[] = []
  for (const [place, letter] of letters.entries()) {
    const sound = soundOf(letter, readings[place] ?? '')
    const last = sounds.at(-1)
    if (last && !last.syllable && !sound.syllable) last.text += letter
    else sounds.push(sound)
  }
  return sounds
}

const soundOf = (letter: string, reading: string): Sound => {
  const found = letter < '\u2e80' ? undefined : /^([a-zê]+)(\d?)$/.exec(reading)
  if (!found?.[1]) return { text: letter, tone: '' }
  // Typing has lue and nue; only lv and nv need the v.
  const syllable = found[1].replace('ê', 'e').replace(/^([ln])ve$/, '$1ue')
  return { text: letter, syllable, tone: found[2] ?? '' }
}

// Only when first needed: it costs the server's start some 40 ms.
const correct = () => {
  if (corrected) return
  corrected = true
  const lines = corrections.trim().split(/[|\n]/)
  const words = lines.map((line) => line.split(/ (.*)/))
  customPinyin(Object.fromEntries(words.map(([word, reading]) => [word, reading])))
}
