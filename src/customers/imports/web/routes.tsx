import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { Importable } from '#platform/imports/ports.ts'

/** The pages of imports, for whatever kinds of records the application lets be imported, and of exports. */
export const importRoutes = <R extends AnyRoute>(
  settings: R,
  load: () => Promise<readonly Importable[]>,
) => [
  createRoute({
    getParentRoute: () => settings,
    path: '/imports',
    component: lazyRouteComponent(async () => {
      const [{ ImportList }, importables] = await Promise.all([import('./ImportList.tsx'), load()])
      return { default: () => <ImportList importables={importables} /> }
    }),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/imports/$id',
    component: lazyRouteComponent(async () => {
      const [{ ImportPage }, importables] = await Promise.all([import('./ImportPage.tsx'), load()])
      return { default: () => <ImportPage importables={importables} /> }
    }),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/exports',
    component: lazyRouteComponent(() => import('./ExportList.tsx'), 'ExportList'),
  }),
]
