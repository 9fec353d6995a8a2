import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { blocksIn, type Call, fill, match, readCall } from '#app/testing/guide.ts'
import { type Place, type Product, sharedPlace, startProduct, until } from '#app/testing/product.ts'
import { amounts, tests } from '#platform/conditions/condition.ts'

/** docs/api.md says what a program sends and gets: here it is sent, in order, to the real product. */
const guide = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8')
const blocks = blocksIn(guide)
const known = new Map<string, string>()
const files = new Map<string, string>()

let place: Place
let product: Product
before(async () => {
  place = await sharedPlace()
  product = await startProduct(place, {
    ZHIKE_ADMIN_USERNAME: 'admin',
    ZHIKE_ADMIN_PASSWORD: 'admin-password',
  })
})
after(async () => {
  await product.stop()
  await place.remove()
})

describe('docs/api.md', () => {
  for (const { language, name, text, line } of blocks) {
    if (language === 'csv') files.set(name, text)
    if (language === 'sh') it(`line ${line}: ${text.split('\n')[0]}`, () => run(text))
    if (language === 'http') {
      const call = readCall(text)
      it(`line ${line}: ${call.method} ${call.path.split('?')[0]} → ${call.status}`, () =>
        send(call))
    }
  }

  it('names every test that a condition knows', () => {
    for (const is of [...tests, ...amounts]) assert.ok(guide.includes(`\`${is}\``), is)
  })

  it('shows the whole path', () => {
    assert.ok(blocks.filter(({ language }) => language === 'http').length > 25)
  })
})

const run = async (text: string) => {
  const [line = '', says = ''] = text.split('\n')
  const { code, output } = await product.command(
    ...line.replace('npm run zhike -- ', '').split(' '),
  )
  assert.equal(code, 0, output)
  match(says.replace('# → ', ''), output.trim(), known)
}

const send = async (call: Call) => {
  if (!call.repeated) return answered(call)
  let last: unknown
  await until(async () => {
    return answered(call).then(
      () => true,
      (problem) => {
        last = problem
        return false
      },
    )
  }, call.path).catch(() => {
    throw last
  })
}

const answered = async (call: Call) => {
  const headers = new Headers({ authorization: `Bearer ${known.get('key')}` })
  for (const [name, value] of call.headers)
    headers.set(name, encodeURIComponentBeyondLatin(fill(value, known)))
  const body = call.file === undefined ? call.body && fill(call.body, known) : files.get(call.file)
  const answer = await fetch(`${product.address}${fill(call.path, known)}`, {
    method: call.method,
    headers,
    ...(body !== undefined && { body }),
  })
  const text = await answer.text()
  assert.equal(answer.status, call.status, text)
  for (const [name, value] of call.answerHeaders)
    assert.match(answer.headers.get(name) ?? '', startingWith(value), name)
  if (call.answer === undefined) return
  if (/^[{[]/.test(call.answer)) match(JSON.parse(call.answer), JSON.parse(text), known)
  else
    for (const line of fill(call.answer, known).split('\n'))
      assert.ok(
        text.split(/\r?\n/).some((each) => each.endsWith(line)),
        `${line}\nin ${text}`,
      )
}

/** HTTP headers hold Latin letters only; a client in another language encodes what it sends. */
const encodeURIComponentBeyondLatin = (text: string) =>
  text.replace(/[^\x20-\x7e]+/g, (letters) => encodeURIComponent(letters))

const startingWith = (text: string) => new RegExp(`^${RegExp.escape(text)}`)
