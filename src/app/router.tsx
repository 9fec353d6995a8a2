import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { apiKeyRoutes } from '#access/apiKeys/web/routes.tsx'
import { binRoutes } from '#access/bin/web/routes.tsx'
import { departmentRoutes } from '#access/departments/web/routes.tsx'
import { explainedRoutes } from '#access/explained/web/routes.tsx'
import { fieldRoutes } from '#access/fields/web/routes.tsx'
import { peopleRoutes } from '#access/people/web/routes.tsx'
import { roleRoutes } from '#access/roles/web/routes.tsx'
import { sessionRoutes } from '#access/sessions/web/routes.tsx'
import { dayRoutes } from '#contact/dayplan/web/routes.tsx'
import { interactionRoutes } from '#contact/interactions/web/routes.tsx'
import { taskRoutes } from '#contact/tasks/web/routes.tsx'
import { contactRoutes } from '#customers/contacts/web/routes.tsx'
import { customerRoutes } from '#customers/customers/web/routes.tsx'
import { importRoutes } from '#customers/imports/web/routes.tsx'
import { kindRoutes } from '#customers/kinds/web/routes.tsx'
import { formatSearch, parseSearch } from '#platform/lists/address.ts'
import { Anchor } from '#ui/Anchor.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { appWords } from './messages.ts'
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
    errorComponent: Broken,
  })
  return createRouter({
    routeTree: root.addChildren([
      ...dayRoutes(root),
      ...customerRoutes(root),
      ...contactRoutes(root),
      ...interactionRoutes(root),
      ...taskRoutes(root),
      ...kindRoutes(root),
      settingsRoutes(root),
    ]),
    // Within the frame, so that there is a way on from a page that fails.
    defaultErrorComponent: Broken,
    parseSearch,
    stringifySearch: formatSearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  })
}

const Broken = ({ error, reset }: ErrorComponentProps) => (
  <Failure failure={error} onRetry={reset}>
    <Anchor href="/">{useMessages(appWords).goHome}</Anchor>
  </Failure>
)

/** The settings: one frame, and below it what each slice lets a person set. */
const settingsRoutes = <R extends AnyRoute>(root: R) => {
  const settings = createRoute({
    getParentRoute: () => root,
    path: '/settings',
    component: lazyRouteComponent(() => import('./SettingsLayout.tsx'), 'SettingsLayout'),
  })
  return settings.addChildren([
    ...sessionRoutes(settings),
    ...apiKeyRoutes(settings),
    ...peopleRoutes(settings),
    ...explainedRoutes(settings),
    ...departmentRoutes(settings),
    ...roleRoutes(settings, async () =>
      (await import('./shapes.ts')).shapes.map(({ entity }) => entity),
    ),
    ...importRoutes(settings, async () => {
      const [{ importablesOf }, { foundKinds }] = await Promise.all([
        import('./importables.ts'),
        import('./kinds.ts'),
      ])
      return importablesOf(foundKinds)
    }),
    ...binRoutes(settings),
    ...fieldRoutes(settings, async () => (await import('./shapes.ts')).shapes),
  ])
}
