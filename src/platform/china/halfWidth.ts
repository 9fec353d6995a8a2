// Zero width characters and marks that come along when people copy from chats and web pages.
const invisible = /\p{Cf}|\p{Variation_Selector}/gu

/** Full width to half width (NFKC), without invisible characters and outer blanks. Idempotent. */
export const halfWidth = (text: string) =>
  text.normalize('NFKC').replace(invisible, '').normalize('NFKC').trim()

/** `halfWidth`, upper case, without the blanks, hyphens and dots that people put into codes. */
export const codeText = (text: string) =>
  halfWidth(
    halfWidth(text)
      .replace(/[\s\-‐-―−.·•_]/gu, '')
      .toUpperCase(),
  )
