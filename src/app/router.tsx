import { createRootRoute, createRouter, Outlet } from '@tanstack/react-router'
import { sessionRoutes } from '#access/sessions/web/routes.tsx'
import { dayRoutes } from '#contact/dayplan/web/routes.tsx'
import { interactionRoutes } from '#contact/interactions/web/routes.tsx'
import { taskRoutes } from '#contact/tasks/web/routes.tsx'
import { contactRoutes } from '#customers/contacts/web/routes.tsx'
import { customerRoutes } from '#customers/customers/web/routes.tsx'
import { importRoutes } from '#customers/imports/web/routes.tsx'
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
  return createRouter({
    routeTree: root.addChildren([
      ...dayRoutes(root),
      ...customerRoutes(root),
      ...contactRoutes(root),
      ...importRoutes(root, async () => (await import('./importables.ts')).importables),
      ...interactionRoutes(root),
      ...taskRoutes(root),
      ...sessionRoutes(root),
    ]),
    parseSearch,
    stringifySearch: formatSearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  })
}
