import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

export const contactRoutes = <R extends AnyRoute>(root: R) => [
  createRoute({
    getParentRoute: () => root,
    path: '/contacts',
    component: lazyRouteComponent(() => import('./ContactList.tsx'), 'ContactList'),
  }),
]
