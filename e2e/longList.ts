import type { CDPSession, Locator, Page } from 'playwright-core'
import { type Client, openClient } from '#app/testing/client.ts'
import { type Place, sharedPlace } from '#app/testing/product.ts'
import { openDatabase } from '#platform/database/database.ts'
import { fill } from '../bench/fill.ts'
import { administrator, type Opened, openProduct } from './product.ts'

export type Filled = Opened & { place: Place; root: Client }

/** The product with so many customers of the administrator. */
export const openFilled = async (count: number): Promise<Filled> => {
  const place = await sharedPlace()
  const product = await openProduct({ place })
  const root = await openClient(product.address, administrator)
  const people: { items: { id: number; department_id: number }[] } = await root.get('/people')
  const owners = people.items.map(({ id, department_id }) => ({
    ...{ id, department: department_id, share: 1 },
  }))
  const database = openDatabase(place.databaseUrl, { max: 1 })
  await fill(database.db, { count, owners })
  await database.close()
  return { ...product, place, root }
}

/** What scrolls the list. */
export const scrolled = (page: Page): Locator => page.getByRole('table').locator('xpath=..')

/** Scrolls a list to a share of its whole length, as a drag of its bar does. */
export const dragTo = (page: Page, share: number) =>
  scrolled(page).evaluate((box, part) => {
    box.scrollTop = (box.scrollHeight - box.clientHeight) * part
  }, share)

/** Rows in the document: of the list, and those that stand for rows on their way. */
export const drawn = (page: Page) =>
  scrolled(page).evaluate((box) => ({
    rows: box.querySelectorAll('tr').length,
    waiting: box.querySelectorAll('.skeleton-row').length,
  }))

/** Requests of rows, and whatever else the list asked the server, while something is done. */
export const requests = async (page: Page, work: () => Promise<unknown>): Promise<string[]> => {
  const asked: string[] = []
  const listen = (request: { url: () => string }) => {
    const { pathname } = new URL(request.url())
    if (/^\/api\/customers(\/stops|\/count)?$/.test(pathname)) asked.push(pathname)
  }
  page.on('request', listen)
  await work()
  page.off('request', listen)
  return asked
}

/** Rows of customers that live in the memory of a page, drawn or not, once what is unused is collected. */
export const heldRows = async (page: Page): Promise<number> => {
  const session: CDPSession = await page.context().newCDPSession(page)
  const { result } = await session.send('Runtime.evaluate', { expression: 'Object.prototype' })
  const { objects } = await session.send('Runtime.queryObjects', {
    prototypeObjectId: String(result.objectId),
  })
  const { result: counted } = await session.send('Runtime.callFunctionOn', {
    objectId: String(objects.objectId),
    functionDeclaration: `function () {
      const own = (each, name) => Object.getOwnPropertyDescriptor(each, name)?.value
      return new Set(this.filter((each) => /^C[0-9]{6}$/.test(own(each, 'number'))).map((each) => own(each, 'id'))).size
    }`,
    returnByValue: true,
  })
  await session.detach()
  return Number(counted.value)
}
