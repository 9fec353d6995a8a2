import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { Shape } from './definitions.ts'

/** Below the settings: the fields of whatever kinds of records the application has. */
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
]
