import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

export const dayRoutes = <R extends AnyRoute>(root: R) => [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('./DayPage.tsx'), 'DayPage'),
  }),
]
