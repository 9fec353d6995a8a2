import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

export const interactionRoutes = <R extends AnyRoute>(root: R) => [
  createRoute({
    getParentRoute: () => root,
    path: '/interactions',
    component: lazyRouteComponent(() => import('./InteractionList.tsx'), 'InteractionList'),
  }),
]
