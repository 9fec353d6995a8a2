import assert from 'node:assert/strict'
import { after, before, describe } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { codeAt } from '#app/testing/authenticator.ts'
import { openClient } from '#app/testing/client.ts'
import { openBrowser, type Visitor, visit } from './browser.ts'
import { administrator, type Opened, openProduct } from './product.ts'
import { story } from './steps.ts'

let product: Opened
let browser: Browser
let visitor: Visitor
const held = { secret: '' }
before(async () => {
  product = await openProduct()
  const root = await openClient(product.address, administrator)
  const { items }: { items: { id: number }[] } = await root.get('/departments')
  await root.make('/people', {
    ...{ username: 'xin', name: '新同事', password: 'given-by-admin', roles: ['staff'] },
    department_id: items[0]?.id,
  })
  browser = await openBrowser()
  // A passkey belongs to a host name; an address in figures has none.
  visitor = await visit(browser, product.address.replace('127.0.0.1', 'localhost'))
  const device = await visitor.context.newCDPSession(visitor.page)
  await device.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true } as const
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, hasUserVerification: true, isUserVerified: true },
  })
})
after(async () => {
  await browser?.close()
  await product?.close()
})

const tell = story()
const step = (what: string, run: (page: Page) => Promise<void>) =>
  tell(
    () => visitor.page,
    what,
    () => run(visitor.page),
  )
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const enter = async (page: Page, password: string) => {
  await page.getByLabel('用户名').fill('xin')
  await page.getByLabel('密码', { exact: true }).fill(password)
  await button(page, '登录').click()
}
const inside = (page: Page) => page.getByRole('navigation').first().waitFor()
const leave = async (page: Page) => {
  await page.goto('/settings')
  await button(page, '退出登录').click()
  await page.getByLabel('用户名').waitFor()
}
const showPassword = async (page: Page) => {
  await page.getByRole('dialog').getByLabel('密码').fill('mine-and-mine-alone')
  await button(page, '继续').click()
}

describe('a new colleague and the ways to sign in', () => {
  step('changes the password that the administrator gave', async (page) => {
    await enter(page, 'given-by-admin')
    await page.getByLabel('自己的新密码').fill('12345678')
    await button(page, '登录').click()
    await page.getByText('这个密码太常见').waitFor()
    await page.getByLabel('自己的新密码').fill('mine-and-mine-alone')
    await button(page, '登录').click()
    await inside(page)
  })

  step('adds a passkey and turns on one-time codes', async (page) => {
    await page.goto('/settings')
    await button(page, '添加通行密钥').click()
    await showPassword(page)
    await page.getByText('通行密钥已添加').waitFor()
    await button(page, '启用动态码').click()
    await showPassword(page)
    await page.getByRole('img', { name: '验证器应用的二维码' }).waitFor()
    const shown = await page.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{1,4})+$/).textContent()
    held.secret = (shown ?? '').replaceAll(' ', '')
    await page.getByLabel('6 位数字').fill('000000')
    await button(page, '启用').click()
    await page.getByText('请填验证器现在显示的 6 位数字', { exact: false }).waitFor()
    await page.getByLabel('6 位数字').fill(codeAt(held.secret, Date.now()))
    await button(page, '启用').click()
    await button(page, '已收好').click()
    await page.getByText('已启用。').waitFor()
  })

  step('signs in with the passkey alone', async (page) => {
    await leave(page)
    await button(page, '用通行密钥登录').click()
    await inside(page)
  })

  step('signs in with password and code, not with a wrong one', async (page) => {
    await leave(page)
    await enter(page, 'mine-and-mine-alone')
    await page.getByLabel('动态码').fill('000000')
    await page.getByText('动态码不对').waitFor()
    await page.getByLabel('动态码').fill(codeAt(held.secret, Date.now()))
    await inside(page)
  })

  step('reads English by the menu at his name, and the server knows', async (page) => {
    const told = async (locale: string) => {
      const known = page.waitForResponse(
        (answer) => answer.ok() && answer.request().method() === 'PATCH',
      )
      await page.getByRole('menuitem', { name: locale === 'en' ? 'English' : '中文' }).click()
      await known
      const me = await (await page.request.get('/api/me')).json()
      assert.equal(me.locale, locale)
    }
    await page.getByRole('button', { name: /^我：/ }).click()
    await told('en')
    await page.getByRole('button', { name: /^Me: / }).click()
    await told('zh')
    await page.getByRole('button', { name: /^我：/ }).waitFor()
  })

  step('sees where he is signed in and leaves everywhere', async (page) => {
    await page.goto('/settings')
    await page.getByText('正在使用').waitFor()
    await button(page, '全部退出').click()
    await page.getByRole('dialog').getByRole('button', { name: '全部退出' }).click()
    await page.getByLabel('用户名').waitFor()
  })

  step('met no fault', () => visitor.leave())
})
