/** Reads one variable: '' and absent are the same; `bad` notes what is wrong and the remedy. */
export type Reader = { value: string; bad: (zh: string, en: string) => void }
