import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

export const taskRoutes = <R extends AnyRoute>(root: R) => [
  createRoute({
    getParentRoute: () => root,
    path: '/tasks',
    component: lazyRouteComponent(() => import('./TaskList.tsx'), 'TaskList'),
  }),
]
