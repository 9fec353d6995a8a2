/** PostgreSQL stores neither NUL nor half a surrogate pair. */
export const storable = (cell: string) => cell.replaceAll('\0', '').toWellFormed()
