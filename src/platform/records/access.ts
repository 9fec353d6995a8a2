/** A root record is shared to be read, or to be worked with as well. */
export const accesses = ['read', 'write'] as const
export type Access = (typeof accesses)[number]
