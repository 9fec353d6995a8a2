import assert from 'node:assert/strict'
import { test } from 'node:test'
import { branchesOf } from './departments.ts'

const item = (id: number, parent_id: number | null) => ({
  id,
  parent_id,
  name: `部门 ${id}`,
  version: 1,
})

test('the tree reads from the top, each branch with what is above it', () => {
  const branches = branchesOf([item(5, 3), item(2, 1), item(1, null), item(3, 1), item(4, 2)])
  assert.deepEqual(
    branches.map(({ id, depth, path }) => [id, depth, path]),
    [
      [1, 0, []],
      [2, 1, [1]],
      [4, 2, [1, 2]],
      [3, 1, [1]],
      [5, 2, [1, 3]],
    ],
  )
})
