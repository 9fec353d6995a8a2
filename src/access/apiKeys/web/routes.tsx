import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/** Below the settings. */
export const apiKeyRoutes = <R extends AnyRoute>(settings: R) => [
  createRoute({
    getParentRoute: () => settings,
    path: '/keys',
    component: lazyRouteComponent(() => import('./ApiKeysPage.tsx'), 'ApiKeysPage'),
  }),
]
