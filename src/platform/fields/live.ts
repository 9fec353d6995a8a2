import * as z from 'zod/mini'
import { untilFieldsChange } from './custom.ts'

/**
 * A schema that is made from fields and made anew when an administrator changes them. The library's
 * lazy schema would keep the first one for good, so its inner type is read through our own memory.
 */
export const live = <T>(make: () => z.ZodMiniType<T>): z.ZodMiniType<T> => {
  const schema = z.lazy(make)
  Object.defineProperty(schema._zod, 'innerType', {
    get: untilFieldsChange(make),
    configurable: true,
  })
  return schema as unknown as z.ZodMiniType<T>
}
