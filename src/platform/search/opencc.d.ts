declare module 'opencc-js/dict/TSCharacters' {
  /** Traditional and simplified character, parted by a blank; pairs parted by `|`. */
  const pairs: string
  export default pairs
}
