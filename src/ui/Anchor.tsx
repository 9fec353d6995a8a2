import {
  type AnchorHTMLAttributes,
  createContext,
  type MouseEvent,
  type ReactNode,
  useContext,
} from 'react'

type Travel = { go: (href: string) => void; preload: (href: string) => void; path: string }

const TravelContext = createContext<Travel>({
  go: (href) => window.location.assign(href),
  preload: () => {},
  path: '/',
})

/** Lets components point at addresses without knowing the router. */
export const TravelProvider = (props: { value: Travel; children: ReactNode }) => (
  <TravelContext value={props.value}>{props.children}</TravelContext>
)

export const useTravel = () => useContext(TravelContext)

/** A click that asks for a new tab, a new window or a download is the browser's. */
export const isPlainClick = (event: MouseEvent) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey

type Props = AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }

export const Anchor = ({ href, onClick, onMouseEnter, ...rest }: Props) => {
  const { go, preload } = useTravel()
  return (
    <a
      {...rest}
      href={href}
      onMouseEnter={(event) => {
        onMouseEnter?.(event)
        preload(href)
      }}
      onClick={(event) => {
        onClick?.(event)
        if (event.defaultPrevented || !isPlainClick(event) || rest.target) return
        event.preventDefault()
        go(href)
      }}
    />
  )
}
