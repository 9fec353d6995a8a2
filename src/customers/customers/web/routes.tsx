import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

export const customerRoutes = <R extends AnyRoute>(root: R) => [
  createRoute({
    getParentRoute: () => root,
    path: '/customers',
    component: lazyRouteComponent(() => import('./CustomerList.tsx'), 'CustomerList'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/customers/$id',
    component: lazyRouteComponent(() => import('./CustomerPage.tsx'), 'CustomerPage'),
  }),
]
