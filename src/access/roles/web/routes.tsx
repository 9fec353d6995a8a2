import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { Entity } from '#platform/fields/entity.ts'

/** Below the settings: the roles over whatever kinds of records the application has. */
export const roleRoutes = <R extends AnyRoute>(
  settings: R,
  load: () => Promise<readonly Entity[]>,
) => [
  createRoute({
    getParentRoute: () => settings,
    path: '/roles',
    component: lazyRouteComponent(async () => {
      const [{ RolesPage }, entities] = await Promise.all([import('./RolesPage.tsx'), load()])
      return { default: () => <RolesPage entities={entities} /> }
    }),
  }),
]
