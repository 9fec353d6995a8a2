import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/** Below the settings. */
export const departmentRoutes = <R extends AnyRoute>(settings: R) => [
  createRoute({
    getParentRoute: () => settings,
    path: '/departments',
    component: lazyRouteComponent(() => import('./DepartmentsPage.tsx'), 'DepartmentsPage'),
  }),
]
