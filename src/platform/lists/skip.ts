/** Rows from one entry of a list to the next; no page is reached by passing over more than these. */
export const stopEvery = 1000
