/** The few kinds of refusal, each with its HTTP status (RFC 9110, RFC 6585). */
export const statusOf = {
  bad_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  changed: 412,
  too_large: 413,
  precondition_required: 428,
  too_many: 429,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof statusOf

/** One thing that is wrong at one place of the input; `path` is dotted, `''` for the whole. */
export type FieldError = { path: string; reason: string; values?: Record<string, string | number> }

type ErrorDetail = {
  errors?: FieldError[]
  /** What a program or the web needs to act on the refusal, such as the fields that differ. */
  facts?: Record<string, unknown>
}

/** A refusal that reaches the caller: `reason` is a stable snake_case key that the web puts into words. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly reason: string
  readonly detail: ErrorDetail

  constructor(code: ErrorCode, reason: string, detail: ErrorDetail = {}) {
    super(`${code}: ${reason}`)
    this.name = 'AppError'
    this.code = code
    this.reason = reason
    this.detail = detail
  }
}

export const missing = () => new AppError('not_found', 'record_missing')

/** One field of the input is wrong. */
export const badField = (path: string, reason: string, values?: FieldError['values']) =>
  new AppError('bad_input', 'input_invalid', {
    errors: [{ path, reason, ...(values && { values }) }],
  })
