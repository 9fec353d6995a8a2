import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Place, type Product, sharedPlace, startProduct } from '#app/testing/product.ts'

export type Opened = Product & { close: () => Promise<void> }

export const administrator = { username: 'admin', name: '管理员', password: 'admin-password' }

/** The product as people meet it in a browser; set up already unless `fresh`. */
export const openProduct = async (
  options: {
    place?: Place
    fresh?: boolean
    settings?: Record<string, string>
    daysAhead?: number
  } = {},
): Promise<Opened> => {
  buildWeb()
  const place = options.place ?? (await sharedPlace())
  const settings = {
    ...(!options.fresh && {
      ZHIKE_ADMIN_USERNAME: administrator.username,
      ZHIKE_ADMIN_PASSWORD: administrator.password,
    }),
    ...options.settings,
  }
  const product = await startProduct(place, settings, options.daysAhead)
  const close = async () => {
    await product.stop()
    await place.remove()
  }
  return { ...product, close }
}

/** `npm test` has built the pages before its first file; one journey alone sees to it itself. */
const buildWeb = () => {
  if (process.env.ZHIKE_TEST_SERVER_URL) return
  const bootstrap = join(import.meta.dirname, '..', 'scripts', 'bootstrap.mjs')
  const { status } = spawnSync(process.execPath, [bootstrap, 'test'], { stdio: 'inherit' })
  if (status !== 0) throw new Error('The pages could not be built')
}
