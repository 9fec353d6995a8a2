import type * as z from 'zod/mini'
import type { Machine } from './machine.ts'

export type Locale = 'zh' | 'en'
export type Label = Record<Locale, string>
/** Words that somebody wrote are found in the list of their own kind; all else leads to the customer too. */
export type SearchClass = 'name' | 'phone' | 'email' | 'number' | 'code' | 'words'

/** internal: the firm's own; personal: tells about a person; sensitive: harms when it leaks (个人信息保护法 28). */
export type Sensitivity = 'internal' | 'personal' | 'sensitive'

/** One of a set. `retired`: old records keep it, no form offers it. `aliases`: other words for it in imports. */
export type Choice = {
  value: string
  label: Label
  retired?: boolean | undefined
  aliases?: readonly string[] | undefined
}

export type Warning = { reason: string; values?: Record<string, string | number> }

export type Options = {
  label: Label
  /** Never null, and asked for when a record is made. */
  required?: true
  /** Filled in when the input leaves it out. */
  initial?: string | number | boolean
  help?: Label
  sensitivity?: Sensitivity
  /** Found by search, in this class of tokens. */
  search?: SearchClass
  /** Lists can be ordered by it: an index exists and null sorts first. */
  sort?: true
  /** Further column headings that an import recognises. */
  aliases?: readonly string[]
  group?: string
  /** Given by the counter of its kind when a record is made: C000123, or as an administrator rules. */
  counted?: { prefix: string; digits: number }
  /** `system`: written by commands, never by a form, an import or an API caller. */
  set?: 'system'
  /** Written by no form, but an import may bring it, of whoever may edit: it happened elsewhere. */
  imported?: true
  /** Shown in the list unless a person chose otherwise. */
  list?: true
  /** Shown in forms and asked for only where this holds of the other values. */
  when?: { field: string; in: readonly string[] }
  /** Reckoned from other fields of the record whenever it is written; `set` is `system` then. */
  formula?: string
  /** The shared list that its choices come from. */
  dictionary?: string
  /** Any other words may stand beside the choices. */
  open?: true
  /** Its choices are stages: which may follow which, and what each asks for. */
  machine?: Machine
  /** The stages that programs know: they can be renamed and retired, never removed. */
  builtIn?: readonly string[]
  /** Better words for a test of it than its parts make, `{value}` in them; by test, or test and value. */
  said?: Readonly<Record<string, Label>>
  /** How the value is shortened, where its kind does not say. */
  mask?: 'address' | 'plate'
  /** A doubt about a value that is stored all the same. */
  check?: (value: never) => Warning | undefined
}

export type Kind =
  | 'text'
  | 'longText'
  | 'integer'
  | 'number'
  | 'money'
  | 'date'
  | 'dateTime'
  | 'bool'
  | 'choice'
  | 'choices'
  | 'tags'
  | 'phone'
  | 'phones'
  | 'email'
  | 'link'
  | 'code'
  | 'idNumber'
  | 'bankAccount'
  | 'region'
  | 'person'
  | 'department'
  | 'reference'
  | 'file'

export type Column =
  | 'text'
  | 'int4'
  | 'int8'
  | 'numeric'
  | 'date'
  | 'timestamptz'
  | 'bool'
  | '_text'
  | 'uuid'

/** A field: its options and the codec that fixes its TypeScript type once. */
export type Field<T = unknown, O extends Options = Options> = O & {
  kind: Kind
  column: Column
  /** Reads and normalises what a caller gives. */
  read: z.ZodMiniType<T>
  /** Describes what an answer holds. */
  shape: z.ZodMiniType<T>
  choices?: readonly Choice[]
  max?: number
  /** Stored encrypted, as its kind harms when it leaks: found by its whole value only. */
  encrypted?: true
  /** Added by an administrator: its value lies in the column `custom`, not in one of its own. */
  custom?: true
}

export type Fields = Record<string, Field>

/** A field by a name from outside, which may also be a word that every object has, such as `constructor`. */
export const fieldNamed = (fields: Fields, name: string | undefined): Field | undefined =>
  name !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined

export type ValueOf<F> = F extends { shape: z.ZodMiniType<infer T> } ? T : never

/** Lists are never null, required fields are never null, all else may be. */
export type RowOf<Fs extends Fields> = {
  [K in keyof Fs]: Fs[K] extends { required: true } | { column: '_text' }
    ? ValueOf<Fs[K]>
    : ValueOf<Fs[K]> | null
}

export const isList = (field: Pick<Field, 'column'>) => field.column === '_text'
/** Whether a stored value may be null; records that were there before a field have none of it. */
export const isNullable = (field: Field) =>
  !isList(field) && (!field.required || field.custom === true)
export const isWritten = (field: Field) => field.set !== 'system'

/**
 * Whether no new record can be without it, whoever makes it: it fills itself with nothing and hangs on no
 * other value. What administrators added is asked only of who may write it.
 */
export const isDemanded = (field: Field) =>
  isWritten(field) &&
  field.required === true &&
  field.initial === undefined &&
  !field.when &&
  !field.custom
