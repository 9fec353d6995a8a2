import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/** Below the settings: what concerns only this person. */
export const sessionRoutes = <R extends AnyRoute>(settings: R) => [
  createRoute({
    getParentRoute: () => settings,
    path: '/',
    component: lazyRouteComponent(() => import('./MePage.tsx'), 'MePage'),
  }),
]
