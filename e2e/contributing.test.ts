import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openBrowser, visit } from './browser.ts'
import { followContributing } from './contributing.ts'
import { administrator } from './product.ts'
import { signIn } from './steps.ts'

type Products = typeof import('./product.ts')

let example: ReturnType<typeof followContributing>
before(() => {
  // The copy has to work with the PostgreSQL of this run, and its pages are built below.
  process.env.ZHIKE_TEST_SERVER_URL ??= process.env.ZHIKE_TEST_DATABASE_URL ?? ''
  example = followContributing()
  process.env.NODE_COMPILE_CACHE = example.compiled
})
after(() => example.remove())

const passes = (...command: [string, ...string[]]) => {
  const { status, output } = example.run(...command)
  assert.equal(status, 0, `${command.join(' ')}:\n${output.slice(-4000)}`)
}

const testsPass = (...words: string[]) => {
  const { status, output } = example.run(process.execPath, '--test', ...words)
  assert.equal(status, 0, output.slice(-6000))
  assert.match(output, /ℹ pass [1-9]|# pass [1-9]/)
}

describe('a kind added as CONTRIBUTING.md says', () => {
  it('takes one folder, one migration and one name in house.ts', () => {
    const places = new Set(
      example.fences.map(({ kind, path }) => (kind === 'ts' ? path.replace(/[^/]+$/, '') : path)),
    )
    assert.deepEqual(
      [...places],
      ['migrations/0900_vehicle.sql', 'src/customers/vehicles/', 'src/app/house.ts'],
    )
  })

  it('has the right types, stands where it may, and its table follows its fields', () => {
    passes(process.execPath, 'scripts/schema.ts')
    passes('tsc', '--noEmit')
    testsPass('src/app/architecture.test.ts', 'src/app/schema.test.ts')
  })

  it('does over HTTP what every kind does', () => testsPass('src/app/testing/vehicles.ts'))

  it('is in the permission matrix', () =>
    testsPass('--test-name-pattern', 'knows every|vehicles', 'src/app/permissions.test.ts'))

  it('has its place, its list, its form and its part of the customer page', async () => {
    passes('vite', 'build', '--logLevel', 'error')
    const products: Products = await import(join(example.folder, 'e2e/product.ts'))
    const product = await products.openProduct()
    const browser = await openBrowser()
    try {
      const { page, leave } = await visit(browser, product.address)
      await signIn(page, administrator)
      const made = await page.request.post('/api/customers', {
        data: { name: '顺达物流' },
        headers: { origin: product.address },
      })
      const { id }: { id: string } = await made.json()
      await page.goto(`/customers/${id}`)
      await page.getByRole('button', { name: '添加车辆' }).click()
      await page.getByLabel('车牌').fill('粤B12345')
      await page.getByRole('button', { name: '保存' }).click()
      await page.getByText('已新建 粤B12345').waitFor()
      await page.getByRole('button', { name: '状态：在用' }).click()
      await page.getByRole('menuitemradio', { name: '维修中' }).click()
      await page.getByRole('button', { name: '状态：维修中' }).waitFor()
      await page.getByRole('navigation').getByRole('link', { name: '车辆' }).click()
      await page.getByRole('heading', { name: '车辆' }).waitFor()
      await page.getByRole('link', { name: '粤B12345' }).waitFor()
      await page.getByRole('button', { name: '状态：维修中' }).waitFor()
      await page.goto('/customers')
      await page.getByRole('button', { name: '组合条件…' }).click()
      await page.getByRole('button', { name: '相关记录' }).click()
      await page.getByRole('menuitem', { name: '车辆' }).click()
      await page.getByRole('button', { name: '应用' }).click()
      await page.getByRole('button', { name: '修改条件「有车辆」' }).waitFor()
      await page.getByRole('link', { name: '顺达物流' }).waitFor()
      await page.getByRole('navigation').getByRole('link', { name: '车辆' }).click()
      await page.getByRole('button', { name: '更多' }).click()
      await page.getByRole('menuitem', { name: '导入', exact: true }).click()
      await page.getByRole('heading', { name: '导入车辆' }).waitFor()
      const chosen = page.getByLabel('选择文件').and(page.locator('input'))
      await chosen.setInputFiles({
        name: '车辆.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('客户,车牌\n顺达物流,川A88888\n'),
      })
      await page.getByRole('button', { name: '检查', exact: true }).click()
      await page.getByText('可以导入 1 行').waitFor()
      await leave()
    } finally {
      await browser.close()
      await product.close()
    }
  })
})
