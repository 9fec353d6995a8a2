/// <reference types="vite/client" />
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProblem } from '#platform/door/client.ts'
import { fillKinds } from '#ui/kinds.ts'
import { LocaleProvider } from '#ui/locale.tsx'
import { ToastProvider } from '#ui/Toasts.tsx'
import { ThemeProvider } from '#ui/theme.tsx'
import { foundKinds, kindsWithoutScreens } from './kinds.ts'
import { makeRouter } from './router.tsx'
import { fillSections } from './sections.ts'
import '#ui/style.css'

// A refusal stays a refusal; only a network that failed is worth asking again.
const retry = (count: number, problem: Error) =>
  problem instanceof ApiProblem && problem.status === 0 && count < 2

const client = new QueryClient({
  defaultOptions: { queries: { retry, staleTime: 5_000, refetchOnWindowFocus: true } },
})
const signedOut = (problem: unknown) => {
  if (problem instanceof ApiProblem && problem.status === 401)
    void client.invalidateQueries({ queryKey: ['me'] })
}
client.getQueryCache().config.onError = signedOut
client.getMutationCache().config.onError = signedOut

fillKinds(foundKinds, kindsWithoutScreens)
fillSections(foundKinds)
const router = makeRouter()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <LocaleProvider>
      <ThemeProvider>
        <QueryClientProvider client={client}>
          <ToastProvider>
            <RouterProvider router={router} />
          </ToastProvider>
        </QueryClientProvider>
      </ThemeProvider>
    </LocaleProvider>
  </StrictMode>,
)
