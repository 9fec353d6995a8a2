import assert from 'node:assert/strict'
import { type Browser, type BrowserContext, chromium as driver, type Page } from 'playwright-core'
import { chromium } from './chromium.ts'

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A headless browser with a user folder of its own that goes with it; it visits nothing but the product. */
export const openBrowser = async (): Promise<Browser> =>
  driver.launch({ ...(await chromium()), args: flags, chromiumSandbox: false })

export type Visitor = {
  page: Page
  context: BrowserContext
  /** What no page of the product may do: errors, violations of its own policy, calls to other hosts. */
  faults: string[]
  /** Bytes of JavaScript so far, as they came over the wire. */
  scripts: () => Promise<number>
  /** Asserts that there was none, and closes the window. */
  leave: () => Promise<void>
}

export type Look = {
  width?: number
  height?: number
  phone?: boolean
  dark?: boolean
}

/** Somebody at a screen of their own: separate sessions, Chinese, the clock of Shanghai. */
export const visit = async (
  browser: Browser,
  address: string,
  look: Look = {},
): Promise<Visitor> => {
  const { phone = false, dark = false } = look
  const { width = phone ? 390 : 1440, height = phone ? 844 : 900 } = look
  const context = await browser.newContext({
    baseURL: address,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    viewport: { width, height },
    hasTouch: phone,
    isMobile: phone,
  })
  // What is judged is what comes, never how soon: a machine may be busy with a dozen other things.
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  const faults = watch(page, address)
  const scripts = weigh(page)
  await page.goto('/')
  const leave = async () => {
    await context.close()
    assert.deepEqual(faults, [])
  }
  return { page, context, faults, scripts, leave }
}

const weigh = (page: Page) => {
  const sizes: Promise<number>[] = []
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return
    const size = request.sizes().then(({ responseBodySize }) => responseBodySize)
    // A window that closes meanwhile is no fault unless somebody wants to know the sum.
    size.catch(() => undefined)
    sizes.push(size)
  })
  return async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

const watch = (page: Page, address: string): string[] => {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`))
  page.on('console', (message) => {
    // A refusal is an answer, and the browser notes every one; faults of the server are caught below.
    const refusal = /^Failed to load resource: .* status of 4\d\d/.test(message.text())
    if (['error', 'warning'].includes(message.type()) && !refusal)
      faults.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${address}/`) && !/^(data|blob):/.test(url))
      faults.push(`elsewhere: ${url}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()}: ${response.url()}`)
  })
  return faults
}
