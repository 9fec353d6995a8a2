/** What is wrong with a formula, where (counted from 0), and what its sentence needs. */
export class Trouble extends Error {
  readonly reason: string
  readonly at: number
  readonly values: Readonly<Record<string, string>>

  constructor(reason: string, at: number, values: Record<string, string> = {}) {
    super(reason)
    this.reason = reason
    this.at = at
    this.values = values
  }
}
