import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/** Below the settings. */
export const explainedRoutes = <R extends AnyRoute>(settings: R) => [
  createRoute({
    getParentRoute: () => settings,
    path: '/access',
    component: lazyRouteComponent(() => import('./AccessPage.tsx'), 'MyAccessPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/people/$id/access',
    component: lazyRouteComponent(() => import('./AccessPage.tsx'), 'PersonAccessPage'),
  }),
]
