/** The columns of every table, filled by `declare module` beside the fields of each entity. */
// biome-ignore lint/suspicious/noEmptyInterface: the slices fill it
export interface Tables {}
