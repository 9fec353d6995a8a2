import { type AnyRoute, createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router'
import { plainKinds } from '#ui/kinds.ts'

const named = (plural: string) => plainKinds().find((each) => each.plural === plural)

/** A list page for every kind that has none of its own, at the plural of its name. */
export const kindRoutes = <R extends AnyRoute>(root: R) => [
  createRoute({
    getParentRoute: () => root,
    path: '/$plural',
    beforeLoad: ({ params }: { params: { plural: string } }) => {
      if (!named(params.plural)) throw notFound()
    },
    component: lazyRouteComponent(() => import('./KindPage.tsx'), 'KindPage'),
  }),
]
