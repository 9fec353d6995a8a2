import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

export const sessionRoutes = <R extends AnyRoute>(root: R) => [
  createRoute({
    getParentRoute: () => root,
    path: '/me',
    component: lazyRouteComponent(() => import('./MePage.tsx'), 'MePage'),
  }),
]
