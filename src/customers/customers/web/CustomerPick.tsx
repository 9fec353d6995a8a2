import { useEffect, useState } from 'react'
import { call } from '#platform/door/client.ts'
import { useMessages } from '#ui/locale.tsx'
import { Parts } from '#ui/Parts.tsx'
import { Select } from '#ui/Select.tsx'
import { customerWords } from './messages.ts'

type Found = { id: string; name: string; number: string; phones?: string[] }
export type PickedCustomer = Pick<Found, 'id' | 'name'>

// As in the palette: between two keys of a quick typist.
const pause = 120

/** A customer found by name, pinyin or phone; nobody chosen is an answer too. */
export const CustomerPick = (props: {
  id: string
  value: PickedCustomer | undefined
  onChange: (customer: PickedCustomer | undefined) => void
  placeholder: string
  /** Where no label stands beside it. */
  label?: string
}) => {
  const { value } = props
  const w = useMessages(customerWords)
  const [text, setText] = useState('')
  const { items, busy } = useFoundCustomers(text)
  const known = value && !items.some((item) => item.id === value.id) ? [value] : []
  return (
    <Select
      id={props.id}
      className="customer-pick"
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear
      suffixIcon={null}
      placeholder={props.placeholder}
      {...(props.label && { 'aria-label': props.label })}
      notFoundContent={text.trim() === '' || busy ? w.pickHint : w.nothingTitle}
      value={value?.id ?? null}
      options={[...known, ...items].map((item) => ({ value: item.id, label: item.name, item }))}
      optionRender={({ data }) => <Option found={data.item} />}
      onChange={(id: string | undefined) =>
        props.onChange([...known, ...items].find((item) => item.id === id))
      }
    />
  )
}

const Option = ({ found }: { found: PickedCustomer & Partial<Found> }) => (
  <span className="lead-words">
    <span>{found.name}</span>
    <Parts className="lead-line" of={[found.phones?.[0], found.number]} />
  </span>
)

const useFoundCustomers = (text: string) => {
  const [items, setItems] = useState<readonly Found[]>([])
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    const q = text.trim()
    if (q === '') {
      setItems([])
      setBusy(false)
      return
    }
    const stop = new AbortController()
    setBusy(true)
    const wait = setTimeout(async () => {
      const found = await call<{ items: Found[] }>('GET', '/search', {
        query: { q },
        signal: stop.signal,
      }).catch(() => ({ items: [] }))
      if (stop.signal.aborted) return
      setItems(found.items)
      setBusy(false)
    }, pause)
    return () => {
      clearTimeout(wait)
      stop.abort()
    }
  }, [text])
  return { items, busy }
}
