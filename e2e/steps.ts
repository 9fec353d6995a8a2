import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { type Client, openClient } from '#app/testing/client.ts'
import { until } from '#app/testing/product.ts'
import { openBrowser, type Visitor, visit } from './browser.ts'
import { administrator, type Opened } from './product.ts'
import type { PickedFile } from './tables.ts'

export type Person = { username: string; password: string }

export const signIn = async (page: Page, { username, password }: Person) => {
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('navigation').first().waitFor()
}

type Screen = () => Page

/** Steps of one story: after one that failed the others are left out. */
export const story = () => {
  const state = { broken: '' }
  return (screen: Screen, what: string, run: () => Promise<void>) =>
    it(what, async (t) => {
      if (state.broken) return t.skip(`after “${state.broken}” failed`)
      state.broken = what
      await told(screen, run)()
      state.broken = ''
    })
}

/**
 * The product and a browser for the story of one file, there before its first step and gone after its
 * last. `prepare` says who comes to a screen of their own, and by which name the steps call them.
 */
export const openStage = <P extends Opened = Opened>(
  prepare: (root: Client, product: P) => Promise<Record<string, Person>>,
  open: () => Promise<P>,
) => {
  const on: { product?: P; root?: Client; browser?: Browser } = {}
  const visitors = new Map<string, Visitor>()
  const tell = story()
  const there = <T>(what: T | undefined): T => {
    assert.ok(what, 'The stage is not open')
    return what
  }
  const visitor = (name: string) => there(visitors.get(name))
  const screen = (name: string) => visitor(name).page
  const enter = async (name: string, who: Person) => {
    const visitor = await visit(there(on.browser), there(on.product).address)
    visitors.set(name, visitor)
    await signIn(visitor.page, who)
  }
  const leave = async () => {
    for (const each of visitors.values()) await each.leave()
    visitors.clear()
  }
  before(async () => {
    on.product = await open()
    on.root = await openClient(on.product.address, administrator)
    const people = await prepare(on.root, on.product)
    on.browser = await openBrowser()
    for (const [name, who] of Object.entries(people)) await enter(name, who)
  })
  after(async () => {
    await on.browser?.close()
    await on.product?.close()
  })
  return {
    product: () => there(on.product),
    root: () => there(on.root),
    enter,
    visitor,
    screen,
    /** What somebody does at their screen. */
    step: (name: string, what: string, run: (page: Page) => Promise<void>) =>
      tell(
        () => screen(name),
        what,
        () => run(screen(name)),
      ),
    /** Nobody met a fault; all go. */
    leave,
    /** Another product in the place of this one, which ends. */
    follow: async (next: () => Promise<P>) => {
      await leave()
      await there(on.product).stop()
      on.product = await next()
    },
  }
}

/** Adds to a failure what the page showed, as a screen reader would tell it. */
export const told = (screen: Screen, run: () => Promise<void>) => async () => {
  try {
    await run()
  } catch (error) {
    if (error instanceof Error) error.stack += `\n\n${await shownBy(screen()).catch(String)}`
    throw error
  }
}

const shownBy = async (page: Page): Promise<string> => {
  const dialog = page.getByRole('dialog').last()
  const seen = (await dialog.count()) > 0 ? dialog : page.getByRole('main')
  const tree = await seen.ariaSnapshot({ timeout: 2000 })
  return `${page.url()} shows:\n${tree.slice(0, 4000)}`
}

/** Two departments with a person each who sells, and one who reads beside Ann. */
export const hire = async (address: string, root: Client) => {
  const firm: { items: { id: number }[] } = await root.get('/departments')
  const top = firm.items[0]?.id
  const department = async (name: string) => {
    const { id }: { id: number } = await root.make('/departments', { name, parent_id: top })
    return id
  }
  const north = await department('北区')
  const south = await department('南区')
  const person = (username: string, name: string, role: string, department_id: number) =>
    hireOne(root, { username, name, roles: [role], department_id })
  const ann = await person('ann', '安销售', 'staff', north)
  const bob = await person('bob', '鲍读者', 'reader', north)
  const eve = await person('eve', '叶销售', 'staff', south)
  const mei = await person('mei', '梅主管', 'manager', top ?? north)
  return { ann, bob, eve, mei, client: { ann: await openClient(address, ann) } }
}

type Newcomer = {
  username: string
  name: string
  roles: readonly string[]
  department_id?: number
  scope?: string
}

/** One more person, by default of the topmost department, who has chosen a password of their own. */
export const hireOne = async (root: Client, { username, ...given }: Newcomer) => {
  const firm: { items: { id: number }[] } = await root.get('/departments')
  const first = `${username}-first-day`
  const { id }: { id: number } = await root.make('/people', {
    ...{ username, password: first, department_id: firm.items[0]?.id, ...given },
  })
  // What an administrator gave opens nothing; everybody takes a password of their own first.
  const password = `${username}-password`
  await root.make('/session', { username, password: first, new_password: password })
  return { id, username, password }
}

/** The first of these that can be seen; a page may hold another for a narrower screen. */
export const shown = (these: Locator): Locator => these.filter({ visible: true }).first()

/** The element that has the keyboard, or the one around it. */
export const focused = (page: Page): Locator => page.locator(':focus')

/** Gives a file to the page of imports, as the window of the browser does. */
export const pickFile = async (page: Page, file: PickedFile) => {
  const asked = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: '选择文件' }).click()
  await (await asked).setFiles(file)
}

/** What an import read is always the sum of what became of it. */
export const sums = async (page: Page, expected: Record<string, number>) => {
  for (const [word, count] of Object.entries(expected)) {
    const term = page.getByRole('term').filter({ hasText: word }).locator('..')
    const said = term.getByRole('definition')
    await until(
      async () => (await said.textContent()) === count.toLocaleString('zh-CN'),
      `${word} ${count}`,
    )
  }
}
