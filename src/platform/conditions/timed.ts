import { AppError } from '../errors/error.ts'
import type { Condition } from './condition.ts'

/**
 * Runs a statement that a condition takes part in. Where the database gives it up after the time that
 * a statement may take (`requestLimits`, `choreLimits`), the refusal names the condition as the cause.
 */
export const timed = async <T>(
  condition: Condition | undefined,
  work: () => Promise<T>,
): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (condition && isTimeout(error)) throw new AppError('unavailable', 'condition_too_slow')
    throw error
  }
}

/** PostgreSQL has one code for every statement that was ended; only its words tell by what. */
const isTimeout = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === '57014' &&
  error.message.includes('statement timeout')
