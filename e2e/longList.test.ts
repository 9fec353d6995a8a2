import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Page } from 'playwright-core'
import type { Client } from '#app/testing/client.ts'
import { until } from '#app/testing/product.ts'
import { dragTo, drawn, heldRows, openFilled, requests, scrolled } from './longList.ts'
import { administrator } from './product.ts'
import { focused, openStage } from './steps.ts'

const count = 2000
// What a screen of 900 px shows, and twelve rows on either side.
const mostDrawn = 60
// Three pages around the screen, and what React still has of the places before; of 1,200 that were read.
const mostHeld = 600

let root: Client
let page: Page
/** All rows in the order of the list, as the server tells them page by page. */
let order: { id: string; name: string; version: number }[] = []
const stage = openStage(
  async (client) => {
    root = client
    order = await wholeOrder()
    return { boss: administrator }
  },
  () => openFilled(count),
)
const step = (what: string, run: () => Promise<void>) =>
  stage.step('boss', what, async (screen) => {
    page = screen
    await run()
  })

const wholeOrder = async () => {
  const rows: typeof order = []
  for (let on = ''; ; ) {
    const path = `/customers?sort=name&limit=200${on}`
    const found: { items: typeof order; next: string | null } = await root.get(path)
    rows.push(...found.items)
    if (found.next === null) return rows
    on = `&after=${encodeURIComponent(found.next)}`
  }
}

/** The rows of the list that are drawn, by their place from 0. */
const shown = () =>
  scrolled(page).evaluate((box) =>
    [...box.querySelectorAll('tr[aria-rowindex]')].map((row) => ({
      place: Number(row.getAttribute('aria-rowindex')) - 2,
      id: row.getAttribute('data-row') ?? '',
      top: row.getBoundingClientRect().top - box.getBoundingClientRect().top,
    })),
  )

/** Waits until no row is on its way; every one that is drawn is the right one at its place. */
const settled = async () => {
  await until(async () => {
    const { rows, waiting } = await drawn(page)
    if (rows <= 10 || waiting > 0) return false
    return (await shown()).every(({ place, id }) => id === order[place]?.id)
  }, 'every row at its place')
  const { rows } = await drawn(page)
  assert.ok(rows <= mostDrawn, `${rows} rows are drawn`)
}

const atPlace = (place: number) =>
  until(async () => (await shown()).some((row) => row.place === place), `place ${place}`)
const focusedRow = () =>
  focused(page).evaluate((element) => element.closest('tr')?.getAttribute('data-row') ?? '')
const focusOn = (place: number) =>
  until(
    async () => (await focused(page).count()) > 0 && (await focusedRow()) === order[place]?.id,
    `the focus at place ${place}`,
  )
const jump = async (what: string, work: () => Promise<unknown>, place: number) => {
  const asked = await requests(page, async () => {
    await work()
    await atPlace(place)
    await settled()
  })
  assert.ok(asked.length <= 5, `${what} asked ${asked.length} times`)
  const held = await heldRows(page)
  assert.ok(held >= 20 && held <= mostHeld, `${held} rows are held after ${what}`)
}

describe('a list of thousands', () => {
  step('is as long as it is from the start, and asks for no more than its beginning', async () => {
    const asked = await requests(page, async () => {
      await page.goto('/customers?sort=name')
      await page.getByText(`共 ${count.toLocaleString('en')} 条，已到底`).waitFor()
      await settled()
    })
    assert.ok(asked.length <= 5, `asked ${asked.length} times`)
  })

  step('End and Home go to its ends, and the keyboard with them', async () => {
    await page.keyboard.press('j')
    await focusOn(0)
    await jump('End', () => page.keyboard.press('End'), count - 1)
    await focusOn(count - 1)
    await page.keyboard.press('k')
    await focusOn(count - 2)
    await jump('Home', () => page.keyboard.press('Home'), 0)
    await focusOn(0)
    await page.keyboard.press('PageDown')
    await until(async () => (await focusedRow()) !== order[0]?.id, 'a screen further')
    await page.keyboard.press('PageUp')
    await focusOn(0)
  })

  step('the bar goes anywhere, and j goes on from there', async () => {
    for (const share of [0.5, 0.9, 0.13, 0.71, 0.34, 0.6]) {
      const place = Math.round((count - 20) * share)
      await jump(`${share}`, () => dragTo(page, share), place)
    }
    const [first] = (await shown()).filter(({ top }) => top > 0)
    await page.keyboard.press('j')
    await until(async () => (await focused(page).count()) > 0 && (await focusedRow()), 'a focus')
    const place = order.findIndex(({ id }) => id === order.find((row) => row.id === first?.id)?.id)
    const now = await focusedRow()
    const there = order.findIndex(({ id }) => id === now)
    assert.ok(Math.abs(there - place) < 20, `at ${there}, looked at ${place}`)
  })

  step('the wheel passes every page once', async () => {
    await page.keyboard.press('Home')
    await focusOn(0)
    await settled()
    await scrolled(page).hover()
    const asked = await requests(page, async () => {
      for (let at = 0; at < 24; at += 1) {
        await page.mouse.wheel(0, 1000)
        await settled()
      }
    })
    // 600 rows are 12 pages of 50, and one ahead.
    assert.ok(asked.length <= 14, `asked ${asked.length} times`)
  })
})

describe('what others change while somebody is in the middle of a list', () => {
  /** Somebody else does something, and the list has been read anew since. */
  const others = async (work: () => Promise<unknown>) => {
    const read = page.waitForResponse(
      (answer) => answer.ok() && /customers\?.*limit/.test(answer.url()),
    )
    await work()
    await read
    order = await wholeOrder()
  }
  const namesake = (place: number) => root.make('/customers', { name: order[place]?.name })
  const middle = 1500
  const goMiddle = async () => {
    await page.goto('/customers?sort=name')
    // A share of a list whose length is not known yet would be another place.
    await page.getByText(/^共 [\d,]+ 条，已到底$/).waitFor()
    await settled()
    await page.keyboard.press('j')
    await focusOn(0)
    await dragTo(page, middle / (count - 20))
    await atPlace(middle)
    await settled()
  }
  const firstSeen = async () => {
    const [first] = (await shown()).filter(({ top }) => top > 40)
    assert.ok(first)
    return first
  }
  const topOf = async (id: string) => (await shown()).find((row) => row.id === id)?.top
  const isAt = (id: string, top: number) =>
    until(async () => Math.abs(((await topOf(id)) ?? -top) - top) < 2, `the row at ${top}`)
  const focusedOn = (id: string | undefined) =>
    until(async () => (await focused(page).count()) > 0 && (await focusedRow()) === id, 'the focus')

  step('rows that come or go above leave what is read where it is', async () => {
    await goMiddle()
    const { id, top, place } = await firstSeen()
    await others(() => namesake(1300))
    await settled()
    await isAt(id, top)
    assert.equal(order[place + 1]?.id, id)
    const gone = order[1320]
    await others(() => root.call('DELETE', `/customers/${gone?.id}`, { version: 1 }))
    await settled()
    await isAt(id, top)
  })

  step('a place that was chosen is come to, whatever is read anew on the way', async () => {
    await goMiddle()
    // The browser has moved, and the page does not know of it yet.
    const hold = await page.evaluateHandle(() => {
      const held = { on: true }
      window.addEventListener(
        'scroll',
        (event) => held.on && event.stopImmediatePropagation(),
        true,
      )
      return held
    })
    await page.keyboard.press('j')
    await page.keyboard.press('End')
    await others(() => namesake(1300))
    await page.evaluate(() => new Promise((done) => setTimeout(done, 100)))
    const left = await scrolled(page).evaluate(
      (box) => box.scrollHeight - box.clientHeight - box.scrollTop,
    )
    assert.ok(left < 200, `${left} px before the end`)
    await hold.evaluate((held) => {
      held.on = false
    })
    await scrolled(page).evaluate((box) => box.dispatchEvent(new Event('scroll')))
    await page.keyboard.press('End')
    await focusedOn(order.at(-1)?.id)
    await settled()
  })

  step('the keyboard and what is picked stay with their rows', async () => {
    await goMiddle()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await until(async () => (await focused(page).count()) > 0 && (await focusedRow()), 'a focus')
    const held = await focusedRow()
    await page.keyboard.press('x')
    const picked = page.locator(`[data-row="${held}"]`).getByRole('checkbox')
    await until(() => picked.isChecked(), 'the row to be picked')
    await others(() => namesake(1300))
    await settled()
    assert.equal(await focusedRow(), held)
    assert.ok(await picked.isChecked())
    await page.keyboard.press('x')
    const place = order.findIndex(({ id }) => id === held)
    await others(() => root.call('DELETE', `/customers/${held}`, { version: 1 }))
    await focusedOn(order[place]?.id)
    await page.keyboard.press('j')
    await focusedOn(order[place + 1]?.id)
  })

  step(
    'a value that is being changed stays open, also in a row that somebody deletes',
    async () => {
      await goMiddle()
      await page.keyboard.press('j')
      await until(async () => (await focused(page).count()) > 0 && (await focusedRow()), 'a focus')
      const held = await focusedRow()
      await page.keyboard.press('e')
      const box = page.getByRole('group', { name: '修改名称', exact: true }).getByRole('textbox')
      await box.fill('还没写完')
      await others(() => namesake(1300))
      assert.equal(await box.inputValue(), '还没写完')
      assert.ok(await box.evaluate((each) => each === document.activeElement))
      await others(() => root.call('DELETE', `/customers/${held}`, { version: 1 }))
      assert.equal(await box.inputValue(), '还没写完')
      await page.keyboard.press('Enter')
      await page.getByText('没有保存名称').waitFor()
    },
  )

  step('and nothing went wrong on the page', stage.leave)
})
