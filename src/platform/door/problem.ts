import { AppError, type ErrorCode, statusOf } from '../errors/error.ts'

/** RFC 9457. `reason` is a stable key, `code` one of few kinds. */
export type Problem = {
  type: string
  title: string
  status: number
  code: string
  reason: string
  errors?: { path: string; reason: string; values?: Record<string, string | number> }[]
  facts?: Record<string, unknown>
}

export const problemType = 'application/problem+json'

export const problemOf = (error: AppError): Problem => ({
  type: `about:blank#${error.reason}`,
  title: titles[error.code],
  status: statusOf[error.code],
  code: error.code,
  reason: error.reason,
  ...error.detail,
})

/** Turns what the database or the HTTP layer refused into our own refusal; undefined: a fault of ours. */
export const refusalOf = (error: unknown): AppError | undefined => {
  if (error instanceof AppError) return error
  const { code, constraint, table, statusCode, message, routine, syscall } = partsOf(error)
  if (code === '23505') return taken(table, constraint)
  if (code === '23503')
    return new AppError('bad_input', 'reference_missing', { facts: { constraint } })
  // JSON of the database refuses half a surrogate pair, which JSON of the web lets pass.
  const halfPair = code === '22P02' && /^json_/.test(routine ?? '')
  if (code === '22021' || code === '22P05' || halfPair)
    return new AppError('bad_input', 'character_not_storable')
  if (code === '22003' || code === '22007' || code === '22008')
    return new AppError('bad_input', 'value_out_of_range')
  if (code === '53100') return new AppError('unavailable', 'disk_full')
  if (code === '57014') return new AppError('unavailable', 'took_too_long')
  if (code === tooManyLines || message === poolTimeout)
    return new AppError('unavailable', 'server_busy')
  // Nobody is there any more to hear it.
  if (code === 'ECONNRESET' && message === 'aborted')
    return new AppError('bad_input', 'request_malformed')
  const noSocket = code === 'ENOENT' && syscall === 'connect'
  if (awayCodes.includes(code ?? '') || noSocket || lostLine.test(message ?? ''))
    return new AppError('unavailable', 'database_away')
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new AppError('too_large', 'body_too_large')
  if (statusCode === 415) return new AppError('bad_input', 'media_type_unknown')
  if (statusCode && statusCode >= 400 && statusCode < 500)
    return new AppError('bad_input', 'request_malformed')
  return undefined
}

/** A unique index is named after its table and the field in it: vehicle_vin. */
const taken = (table = '', constraint = '') => {
  const reason = 'value_taken'
  const named = table !== '' && constraint.startsWith(`${table}_`)
  if (!named) return new AppError('conflict', reason, { facts: { constraint } })
  return new AppError('conflict', reason, {
    errors: [{ path: constraint.slice(table.length + 1), reason }],
  })
}

/** PostgreSQL ends, starts, or is not there; the socket to it broke or is gone. */
const awayCodes = ['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']
/** pg gives a line that broke, or that the server cut while a transaction stood idle, no code. */
const lostLine = /^(Connection terminated|Client has encountered a connection error)/
/** PostgreSQL has given out as many connections as it may. */
const tooManyLines = '53300'
/** pg's pool gives its refusal no code. */
const poolTimeout = 'timeout exceeded when trying to connect'

/** Two transactions met; the same request again will pass. */
export const isRetriable = (error: unknown) =>
  ['40001', '40P01'].includes(partsOf(error).code ?? '')

const partsOf = (error: unknown) => {
  if (error === null || typeof error !== 'object') return {}
  const { code, constraint, table, statusCode, message, routine, syscall } = error as Record<
    string,
    unknown
  >
  return {
    code: typeof code === 'string' ? code : undefined,
    constraint: typeof constraint === 'string' ? constraint : undefined,
    table: typeof table === 'string' ? table : undefined,
    statusCode: typeof statusCode === 'number' ? statusCode : undefined,
    message: typeof message === 'string' ? message : undefined,
    routine: typeof routine === 'string' ? routine : undefined,
    syscall: typeof syscall === 'string' ? syscall : undefined,
  }
}

const titles: Record<ErrorCode, string> = {
  bad_input: 'The input is not right.',
  unauthenticated: 'Please sign in.',
  forbidden: 'This is not permitted.',
  not_found: 'There is no such thing here.',
  conflict: 'This contradicts what is stored.',
  changed: 'Somebody else was faster.',
  too_large: 'This is too large.',
  precondition_required: 'The version is missing.',
  too_many: 'That was too often.',
  unavailable: 'This cannot be done right now.',
}
