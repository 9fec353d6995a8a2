import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { Shape } from './definitions.ts'

/** Below the settings: fields, shared lists and stages of whatever kinds of records there are. */
export const fieldRoutes = <R extends AnyRoute>(
  settings: R,
  load: () => Promise<readonly Shape[]>,
) => [
  createRoute({
    getParentRoute: () => settings,
    path: '/fields',
    component: lazyRouteComponent(async () => {
      const [{ FieldsPage }, shapes] = await Promise.all([import('./FieldsPage.tsx'), load()])
      return { default: () => <FieldsPage shapes={shapes} /> }
    }),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/dictionaries',
    component: lazyRouteComponent(async () => {
      const [{ DictionariesPage }, shapes] = await Promise.all([
        import('./DictionariesPage.tsx'),
        load(),
      ])
      return { default: () => <DictionariesPage shapes={shapes} /> }
    }),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/stages',
    component: lazyRouteComponent(async () => {
      const [{ StagesPage }, shapes] = await Promise.all([import('./StagesPage.tsx'), load()])
      return { default: () => <StagesPage shapes={shapes} /> }
    }),
  }),
]
