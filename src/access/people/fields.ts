import type { Generated } from 'kysely'
import type { Scope } from '../roles/rules.ts'

export type PersonTable = {
  id: Generated<number>
  username: string
  name: string
  department_id: number
  /** Besides those of the post. */
  roles: string[]
  post_id: Generated<string | null>
  /** How far the roles reach that leave it to the person. */
  scope: Scope
  scope_departments: number[]
  locale: 'zh' | 'en'
  active: boolean
  /** By which an identity provider's account is recognised. */
  email: Generated<string | null>
  /** The password is still the one that an administrator gave. */
  password_given: Generated<boolean>
  auth_user_id: string | null
  version: number
  created_at: string
  created_by: number | null
  updated_at: string
  updated_by: number | null
}

declare module '#platform/database/tables.ts' {
  interface Tables {
    person: PersonTable
  }
}
