import { Button, Input, Popover } from 'antd'
import { ChevronDown, ChevronLeft, ChevronRight, X } from 'lucide-react'
import { useState } from 'react'
import { useDirectory } from './directory.tsx'
import type { InputProps } from './inputProps.ts'
import { useMessages } from './locale.tsx'
import { type RegionEntry, regionPath } from './regionNames.ts'
import { words } from './words.ts'

/** Province, city, county in three steps, or by typing any part of a name. */
export const RegionPicker = (props: InputProps) => {
  const w = useMessages(words)
  const [open, setOpen] = useState(false)
  const { regionOf } = useDirectory()
  const code = typeof props.value === 'string' ? props.value : undefined
  const path = code ? regionPath(regionOf, code) : []
  return (
    <div className="region">
      <Popover
        open={open}
        onOpenChange={(next) => {
          setOpen(next)
          if (!next) props.onBlur?.()
        }}
        trigger="click"
        placement="bottomLeft"
        arrow={false}
        destroyOnHidden
        classNames={{ root: 'pop' }}
        content={
          <Steps
            {...(code && { code })}
            onPick={(next) => {
              props.onChange(next)
              setOpen(false)
            }}
          />
        }
      >
        <Button
          id={props.id}
          className="region-button"
          aria-haspopup="dialog"
          aria-expanded={open}
          aria-describedby={props.describedBy}
        >
          <span className={code ? undefined : 'none'}>
            {code ? path.join(' ') || code : w.choose}
          </span>
          <ChevronDown />
        </Button>
      </Popover>
      {code && !props.field.required && (
        <button
          type="button"
          className="icon-button"
          aria-label={w.remove}
          onClick={() => props.onChange(null)}
        >
          <X />
        </button>
      )}
    </div>
  )
}

type StepsProps = { code?: string; onPick: (code: string) => void }

// As many as a person will read; a longer answer asks for one more letter.
const shown = 30

const Steps = ({ code, onPick }: StepsProps) => {
  const w = useMessages(words)
  const { regions, regionOf } = useDirectory()
  const parentOf = (at: string | undefined) =>
    at === undefined ? '' : (regionOf.get(at)?.[2] ?? '')
  const [above, setAbove] = useState(() => parentOf(code))
  const [text, setText] = useState('')
  if (regions.length === 0) return <p className="region-steps quiet">{w.regionLoading}</p>
  const wanted = text.trim()
  const found = wanted === '' ? undefined : findRegions(regions, regionOf, wanted)
  const here = regionOf.get(above)
  const below = regions.filter(([own, , parent]) => isBelow(parent, above) && own !== above)
  const step = (region: RegionEntry) =>
    regions.some(([own, , parent]) => parent === region[0] && own !== region[0])
      ? setAbove(region[0])
      : onPick(region[0])
  return (
    <div className="region-steps">
      <Input
        autoFocus
        value={text}
        placeholder={w.regionFind}
        aria-label={w.regionFind}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={(event) => {
          event.preventDefault()
          const first = found?.[0]
          if (first && !event.nativeEvent.isComposing) onPick(first[0])
        }}
      />
      {!found && here && (
        <div className="region-head">
          <button type="button" className="chip-add" onClick={() => setAbove(parentOf(above))}>
            <ChevronLeft />
            {w.regionBack}
          </button>
          <button type="button" className="chip-add" onClick={() => onPick(above)}>
            {w.regionWhole(here[1])}
          </button>
        </div>
      )}
      <ul className="region-list">
        {(found?.slice(0, shown) ?? below).map((region) => (
          <li key={region[0]}>
            <button
              type="button"
              className="menu-item"
              aria-current={region[0] === code || undefined}
              onClick={() => (found ? onPick(region[0]) : step(region))}
            >
              <span className="menu-word">
                {found ? regionPath(regionOf, region[0]).join(' ') : region[1]}
              </span>
              {!found && !isLeaf(region[0]) && <ChevronRight />}
            </button>
          </li>
        ))}
      </ul>
      {found?.length === 0 && <p className="quiet">{w.regionNone}</p>}
    </div>
  )
}

// A province has no region above it; data may write that as empty, zeros or the country's code.
const isBelow = (parent: string, above: string) =>
  above === '' ? parent === '' || /^(0+|86)$/.test(parent) : parent === above

// GB/T 2260: a county is a code whose last two digits are not 00.
const isLeaf = (code: string) => !code.endsWith('00')

/** Names that begin with the words come first, then those that hold them, larger regions before smaller. */
const findRegions = (
  regions: readonly RegionEntry[],
  regionOf: ReadonlyMap<string, RegionEntry>,
  text: string,
) => {
  const parts = text.split(/\s+/)
  const last = parts.at(-1) ?? ''
  const hits = regions.filter(([code, name]) => {
    if (!name.includes(last)) return false
    const path = parts.length > 1 ? regionPath(regionOf, code).join('') : name
    return parts.every((part) => path.includes(part))
  })
  const rank = ([code, name]: RegionEntry) =>
    (name.startsWith(last) ? 0 : 10) + (code.endsWith('0000') ? 0 : code.endsWith('00') ? 1 : 2)
  return hits.sort((a, b) => rank(a) - rank(b))
}
