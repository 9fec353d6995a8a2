import type { RefObject } from 'react'
import { usePageKeys } from '#ui/rowKeys.ts'

/** J and K go through the rows; a letter presses the button of the row one is at, or of the first. */
export const useDayKeys = (list: RefObject<HTMLElement | null>) => {
  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  const here = () => rows().findIndex((row) => row.contains(document.activeElement))
  const goTo = (place: number) => {
    const all = rows()
    const row = all[Math.min(Math.max(place, 0), all.length - 1)]
    row?.querySelector<HTMLElement>('[data-act=open]')?.focus()
    row?.scrollIntoView({ block: 'nearest' })
  }
  const press = (act: string) => {
    const row = rows()[Math.max(here(), 0)]
    row?.querySelector<HTMLElement>(`[data-act=${act}]`)?.click()
  }
  usePageKeys([
    ['j', () => goTo(here() + 1)],
    ['k', () => goTo(here() - 1)],
    [
      'x',
      () => {
        const place = Math.max(here(), 0)
        press('complete')
        // The row leaves; its successor takes the place and the focus.
        setTimeout(() => goTo(place), 50)
      },
    ],
    [
      'n',
      (event) => {
        event.preventDefault()
        press('note')
      },
    ],
    ['d', () => press('move')],
    [
      'a',
      (event) => {
        event.preventDefault()
        document.querySelector<HTMLElement>('.quick-add input')?.focus()
      },
    ],
  ])
}
