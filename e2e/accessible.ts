import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** What somebody can press or fill in; each has to say what it is. */
const named = new Set([
  ...['button', 'link', 'textbox', 'searchbox', 'combobox', 'checkbox', 'radio', 'switch', 'tab'],
  ...['menuitem', 'option', 'spinbutton', 'slider', 'listbox', 'dialog', 'image', 'table'],
])

/**
 * The basics of every screen, from the browser's own accessibility tree: a heading of the first level,
 * a name for everything that can be used, in the language of the page, no id twice, nothing wider than
 * the screen.
 */
export const assertAccessible = async (page: Page, what: string) => {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const shown = nodes.filter(({ ignored }) => !ignored)
  const nameless = shown.filter(
    ({ role, name }) => named.has(String(role?.value)) && String(name?.value ?? '').trim() === '',
  )
  assert.deepEqual(
    nameless.map(({ role, parentId }) => `${role?.value} in ${nameOf(nodes, parentId)}`),
    [],
    `${what}: without a name`,
  )
  const headings = shown.filter(({ role }) => role?.value === 'heading')
  const levels = headings.map(({ properties }) =>
    Number(properties?.find(({ name }) => name === 'level')?.value.value),
  )
  assert.ok(levels.includes(1), `${what}: a heading of the first level, not ${levels}`)
  const { language, foreign, twice, wide } = await page.evaluate(() => {
    // What components bring along is only heard: words of the firm's own are also seen.
    const heard = [...document.querySelectorAll('[aria-label], [title], [alt]')]
      .filter((element) => !element.closest('[aria-hidden="true"], [lang="en"]'))
      .flatMap((element) =>
        ['aria-label', 'title', 'alt'].flatMap((name) => element.getAttribute(name) ?? []),
      )
    const seen = document.body.innerText
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
    return {
      language: document.documentElement.lang,
      foreign: heard.filter(
        (words) => /^[a-z]+([ -][a-z]+)*$/i.test(words) && !seen.includes(words),
      ),
      twice: ids.filter((id, place) => ids.indexOf(id) !== place),
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }
  })
  assert.match(language, /^(zh|en)/, `${what}: language`)
  if (language.startsWith('zh')) assert.deepEqual(foreign, [], `${what}: English to who listens`)
  assert.deepEqual(twice, [], `${what}: ids used twice`)
  assert.ok(wide <= 0, `${what}: ${wide} px wider than the screen`)
}

type Node = { nodeId: string; parentId?: string; name?: { value?: unknown } }

/** The nearest name around a node, to find it. */
const nameOf = (nodes: readonly Node[], id: string | undefined): string => {
  const node = nodes.find(({ nodeId }) => nodeId === id)
  if (!node) return 'the page'
  const name = String(node.name?.value ?? '').trim()
  return name === '' ? nameOf(nodes, node.parentId) : name
}
