import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/** Below the settings. */
export const binRoutes = <R extends AnyRoute>(settings: R) => [
  createRoute({
    getParentRoute: () => settings,
    path: '/bin',
    component: lazyRouteComponent(() => import('./BinPage.tsx'), 'BinPage'),
  }),
]
