import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { call } from '#platform/door/client.ts'
import type { KeptMapping } from '#platform/imports/contract.ts'
import { Confirm } from '#ui/Confirm.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMarks, useMessages } from '#ui/locale.tsx'
import { Parts } from '#ui/Parts.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { importWords } from './messages.ts'

export const mappingsKey = ['import-mappings'] as const

/** The kept mappings of one kind of record; own ones can be renamed and deleted. */
export const KeptMappings = ({ entity }: { entity: string }) => {
  const w = useMessages(importWords)
  const { data } = useQuery({
    queryKey: [...mappingsKey, entity],
    queryFn: ({ signal }) =>
      call<{ items: KeptMapping[] }>('GET', '/import-mappings', { query: { entity }, signal }),
  })
  if (!data || data.items.length === 0) return null
  return (
    <section className="imports-earlier">
      <h2>{w.keptMappings}</h2>
      <ul>
        {data.items.map((item) => (
          <Line key={item.id} item={item} />
        ))}
      </ul>
    </section>
  )
}

const Line = ({ item }: { item: KeptMapping }) => {
  const w = useMessages(importWords)
  const { listed } = useMarks()
  const [name, setName] = useState<string>()
  const [dropping, setDropping] = useState(false)
  const { rename, drop } = useMapping(item, () => setName(undefined))
  return (
    <li className="import-line">
      {name === undefined ? (
        <span>{item.name}</span>
      ) : (
        <Input
          autoFocus
          aria-label={w.keepName}
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => name.trim() !== '' && rename.mutate(name.trim())}
          onKeyDown={(event) => event.key === 'Escape' && setName(undefined)}
        />
      )}
      <span className="import-came">
        <Parts of={[item.shared && w.sharedMark, listed(item.header)]} />
      </span>
      {item.own && (
        <span>
          <Button type="text" size="small" onClick={() => setName(item.name)}>
            {w.rename}
          </Button>
          <Button type="text" size="small" danger onClick={() => setDropping(true)}>
            {w.dropMapping}
          </Button>
        </span>
      )}
      {dropping && (
        <Confirm
          title={w.dropAsk(item.name)}
          text={w.dropText}
          ok={w.dropMapping}
          danger
          act={drop}
          onClose={() => setDropping(false)}
        />
      )}
    </li>
  )
}

const useMapping = ({ id, version }: KeptMapping, onDone: () => void) => {
  const w = useMessages(importWords)
  const client = useQueryClient()
  const toast = useToast()
  const say = useFailureWords()
  const path = `/import-mappings/${id}`
  const onSettled = () => client.invalidateQueries({ queryKey: mappingsKey })
  const rename = useMutation({
    mutationFn: (name: string) => call<KeptMapping>('PATCH', path, { version, body: { name } }),
    onSuccess: onDone,
    onError: (problem) => toast({ tone: 'failed', text: say(problem) }),
    onSettled,
  })
  const drop = async () => {
    try {
      await call<void>('DELETE', path, { version })
      toast({ text: w.dropped })
    } finally {
      await onSettled()
    }
  }
  return { rename, drop }
}
