/// <reference types="vite/client" />
import type { Entity } from '#platform/fields/entity.ts'

// Whatever slice writes an entity down in its `fields.ts` is found: nothing lists them once more.
const modules = import.meta.glob<Record<string, unknown>>('../*/*/fields.ts', { eager: true })

const isEntity = (value: unknown): value is Entity =>
  typeof value === 'object' && value !== null && 'plural' in value && 'defaultSort' in value

/** The kinds of records in this web app, the root first. */
export const foundKinds: readonly Entity[] = Object.values(modules)
  .flatMap((module) => Object.values(module).filter(isEntity))
  .sort((a, b) => Number(b.root ?? false) - Number(a.root ?? false))

/** Their slices bring screens of their own; every other kind gets those that follow from its fields. */
const withScreens = ['customer', 'contact', 'interaction', 'task']

export const kindsWithoutScreens = foundKinds.filter(({ name }) => !withScreens.includes(name))
