import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { sessionRoutes } from '#access/sessions/web/routes.tsx'
import { customerRoutes } from '#customers/customers/web/routes.tsx'
import { formatSearch, parseSearch } from '#platform/lists/address.ts'
import { Failure } from '#ui/Failure.tsx'
import { NotFound } from './NotFound.tsx'
import { SessionGate } from './SessionGate.tsx'

/** The addresses of the application: a root that asks who is there, and what the slices offer below it. */
export const makeRouter = () => {
  const root = createRootRoute({
    component: () => (
      <SessionGate>
        <Outlet />
      </SessionGate>
    ),
    notFoundComponent: NotFound,
    errorComponent: ({ error, reset }) => <Failure failure={error} onRetry={reset} />,
  })
  const home = createRoute({
    getParentRoute: () => root,
    path: '/',
    beforeLoad: () => {
      throw redirect({ href: '/customers' })
    },
  })
  return createRouter({
    routeTree: root.addChildren([home, ...customerRoutes(root), ...sessionRoutes(root)]),
    parseSearch,
    stringifySearch: formatSearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  })
}
