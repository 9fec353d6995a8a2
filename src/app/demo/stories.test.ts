import assert from 'node:assert/strict'
import { test } from 'node:test'
import { templates } from '#access/setup/rules.ts'
import { type Stage, stageMachine } from '#customers/customers/rules.ts'
import { mayMove } from '#platform/fields/machine.ts'
import { castOf } from './cast.ts'
import type { Subject } from './life.ts'
import { makingOf, stageOf } from './making.ts'
import { randomOf } from './random.ts'
import { type Chapter, readTemplate, type Template } from './template.ts'
import { fill, memoryOf } from './wording.ts'

const all = templates.map(({ key }) => ({ key, template: readTemplate(key) }))
const today = '2026-11-21'
const slotsIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '')

test('each template is told in at least 300 sentences, no two of them alike', () => {
  for (const { template } of all) {
    const patterns = template.chapters.flatMap(({ beats }) => beats.flatMap(({ text }) => text))
    assert.ok(patterns.length >= 300)
    assert.equal(new Set(patterns).size, patterns.length)
  }
})

test('words never run out: of every beat two sentences need neither a colleague nor a date', () => {
  for (const { template } of all) {
    const posts = new Set(template.people.map(({ post }) => post))
    for (const { key, beats } of template.chapters)
      for (const { text } of beats) {
        const plain = text.filter((each) =>
          slotsIn(each).every((slot) => slot !== 'due' && !posts.has(slot)),
        )
        assert.ok(plain.length >= 2, `${key}: ${text[0]}`)
      }
  }
})

test('a date is promised only where a next step follows', () => {
  for (const { template } of all)
    for (const { key, beats } of template.chapters)
      for (const { text, next } of beats)
        assert.ok(next || !text.some((each) => each.includes('{due}')), key)
})

test('every slot has words for every customer its chapter is for', () => {
  for (const { template } of all) {
    const own = new Set(['c', 'ta', 'name', 'due', ...template.people.map(({ post }) => post)])
    for (const chapter of template.chapters)
      for (const subject of subjectsOf(template, chapter)) {
        const memory = memoryOf(template, { random: randomOf(1), subject, dealt: '2025-01-02' })
        for (const { text, next = [] } of chapter.beats)
          for (const slot of [...text, ...next].flatMap(slotsIn)) {
            if (own.has(slot)) continue
            const words = fill(slot, { ...memory, story: 1, day: today })
            assert.ok(words, `${chapter.key} of ${subject.kind} ${subject.group}: ${slot}`)
          }
      }
  }
})

test('a customer moves between stages only as a person could move it', () => {
  for (const { template } of all)
    for (const making of makingsOf(template)) {
      const { moments, dealt, start } = making.course
      let stage = dealt && dealt < start ? 'active' : 'prospect'
      for (const { beat } of moments) {
        if (!beat.stage || beat.stage === stage) continue
        assert.ok(
          mayMove(stageMachine, stage, beat.stage),
          `${making.life.key}: ${stage} → ${beat.stage}`,
        )
        stage = beat.stage
      }
      assert.equal(stageOf(making.course), stage)
    }
})

test('a life ends where it says: the deal is done, the lost are lost, the sleeping are silent', () => {
  const ends: Record<string, Stage> = {
    ...{ grown: 'active', known: 'active', closest: 'active', talking: 'contacted' },
    ...{ fresh: 'prospect', silent: 'prospect', missed: 'lost', left: 'lost' },
    ...{ sleeping: 'dormant', back: 'won_back' },
  }
  for (const { template } of all) {
    assert.deepEqual(template.lives.map(({ key }) => key).sort(), Object.keys(ends).sort())
    for (const { course, life } of makingsOf(template)) {
      assert.equal(stageOf(course), ends[life.key], life.key)
      const chapters = course.moments.map(({ chapter }) => chapter.role)
      if (life.key === 'grown') assert.ok(chapters.indexOf('open') < chapters.indexOf('deal'))
      if (life.key === 'back') assert.ok(chapters.indexOf('leave') < chapters.indexOf('return'))
      assert.ok(course.moments.every(({ day }) => day < today))
    }
  }
})

test('care keeps its rules: once, not too often, in its season, at its age', () => {
  for (const { template } of all)
    for (const { course } of makingsOf(template)) {
      const first = course.moments.filter(
        (moment, place) => moment.story !== course.moments[place - 1]?.story,
      )
      for (const [place, { chapter, day }] of first.entries()) {
        const before = first.slice(0, place).findLast((each) => each.chapter.key === chapter.key)
        if (before) {
          assert.ok(!chapter.once, chapter.key)
          assert.ok(day > before.day)
        }
        assert.notEqual(chapter.key, first[place - 1]?.chapter.key)
      }
      const needy = first.filter(({ chapter }) => chapter.needs)
      for (const { chapter, day } of needy) {
        const earlier = first.some((each) => each.chapter.key === chapter.needs && each.day < day)
        assert.ok(earlier || (course.dealt ?? '') < course.start, chapter.key)
      }
    }
})

const makingsOf = (template: Template) =>
  castOf(template, randomOf(5)).map((role, place) =>
    makingOf(template, role, { today, taken: new Set(), random: randomOf(place) }),
  )

const subjectsOf = ({ words }: Template, chapter: Chapter): Subject[] =>
  chapter.for.flatMap((kind): Subject[] => {
    if (kind !== 'organisation') return [{ kind }]
    return (chapter.groups ?? Object.keys(words.positions)).map((group) => ({ kind, group }))
  })
