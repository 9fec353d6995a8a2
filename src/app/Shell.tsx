import { useBlocker, useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useLayoutEffect, useMemo, useState } from 'react'
import { useLive } from '#platform/live/useLive.ts'
import { TravelProvider } from '#ui/Anchor.tsx'
import { CommandPalette } from '#ui/CommandPalette.tsx'
import { DirectoryProvider } from '#ui/directory.tsx'
import { Frame } from '#ui/Frame.tsx'
import { usePageKeys } from '#ui/rowKeys.ts'
import { isUnsaved, letGo } from '#ui/unsaved.ts'
import { Account } from './Account.tsx'
import { useAppActions, useFindRecords } from './commands.tsx'
import { useFilledDirectory } from './filledDirectory.ts'
import { useNavigation } from './navigation.tsx'
import type { Me } from './SessionGate.tsx'

// Nobody needs these before they are asked for; a dialog brings a good part of antd.
const UnsavedQuestion = lazy(() =>
  import('#ui/UnsavedQuestion.tsx').then((module) => ({ default: module.UnsavedQuestion })),
)
const KeysHelp = lazy(() =>
  import('#ui/KeysHelp.tsx').then((module) => ({ default: module.KeysHelp })),
)

/** The application around its pages: frame, palette, and what the screens know of the firm. */
export const Shell = ({ me, children }: { me: Me; children: ReactNode }) => {
  const directory = useFilledDirectory(me)
  const travel = useTravelByRouter()
  useLive()
  const [searching, setSearching] = useState(false)
  const openSearch = () => setSearching(true)
  useSearchKeys(openSearch)
  const { groups, bar } = useNavigation(openSearch, directory.may)
  return (
    <DirectoryProvider value={directory}>
      <TravelProvider value={travel}>
        <Frame groups={groups} bar={bar} onSearch={openSearch} account={<Account />}>
          <Suspense>{children}</Suspense>
        </Frame>
        <Palette open={searching} onClose={() => setSearching(false)} />
        <Keys />
        <Leaving />
      </TravelProvider>
    </DirectoryProvider>
  )
}

const Palette = (props: { open: boolean; onClose: () => void }) => (
  <CommandPalette {...props} actions={useAppActions()} find={useFindRecords()} />
)

const Keys = () => {
  const [open, setOpen] = useState(false)
  usePageKeys([['?', () => setOpen(true)]])
  return <Suspense>{open && <KeysHelp onClose={() => setOpen(false)} />}</Suspense>
}

/** Whoever goes to another page while a form holds something typed is asked first. */
const Leaving = () => {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: isUnsaved,
    enableBeforeUnload: false,
    withResolver: true,
  })
  const discard = () => {
    letGo()
    proceed?.()
  }
  return (
    <Suspense>
      {status === 'blocked' && <UnsavedQuestion open onStay={() => reset()} onDiscard={discard} />}
    </Suspense>
  )
}

const useTravelByRouter = () => {
  const router = useRouter()
  const navigate = useNavigate()
  const path = useRouterState({ select: (state) => state.location.pathname })
  return useMemo(
    () => ({
      path,
      go: (href: string) => void navigate({ href }),
      preload: (href: string) => {
        const [to] = href.split('?')
        if (to) void router.preloadRoute({ to }).catch(() => {})
      },
    }),
    [path, navigate, router],
  )
}

/** Ctrl+K anywhere, `/` where nobody types. */
const useSearchKeys = (open: () => void) => {
  const openBy = (event: KeyboardEvent) => {
    event.preventDefault()
    open()
  }
  usePageKeys([['/', openBy]])
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) openBy(event)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  })
}
