import { decrypt, encrypt } from '../encryption/encryption.ts'
import type { ImportRow } from './rows.ts'

const place = (id: string) => ({ entity: 'import', field: 'preview', id })

/** The first rows of a table as they are stored: before they are mapped, any column may hold anything. */
export const closedPreview = (id: string, preview: readonly (readonly string[])[]): string =>
  JSON.stringify(encrypt(place(id), JSON.stringify(preview)))

/** The first rows of a table; none where they were stored with another secret. */
export const previewOf = ({ id, preview }: Pick<ImportRow, 'id' | 'preview'>): string[][] =>
  typeof preview === 'string' ? JSON.parse(decrypt(place(id), preview) ?? '[]') : preview
