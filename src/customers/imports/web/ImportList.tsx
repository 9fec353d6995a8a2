import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Importable } from '#platform/imports/ports.ts'
import { useDirectory } from '#ui/directory.tsx'
import { Empty } from '#ui/Empty.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { Radios } from '#ui/Radios.tsx'
import { DropZone } from './DropZone.tsx'
import { Earlier } from './Earlier.tsx'
import { KeptMappings } from './KeptMappings.tsx'
import { importWords } from './messages.ts'
import './imports.css'

type Props = { importables: readonly Importable[] }

/** Where a table goes in, and what went in before. */
export const ImportList = ({ importables }: Props) => {
  const w = useMessages(importWords)
  const label = useLabel()
  const { may } = useDirectory()
  const mine = importables.filter(({ entity }) => may(`${entity.plural}.import`))
  const asked: { kind?: string } = useSearch({ strict: false })
  const wanted = mine.find(({ entity }) => entity.plural === asked.kind) ?? mine[0]
  const [chosen, setChosen] = useState(wanted?.entity.name)
  const current = mine.find(({ entity }) => entity.name === chosen)
  const title = current ? w.title(label(current.entity.label)) : w.earlier
  usePageTitle(title)
  if (!current && !may('imports.all'))
    return <Empty drawing="door" title={w.noRightTitle} text={w.noRightText} />
  return (
    <div className="imports">
      {current && (
        <>
          <header className="imports-head">
            <h2>{title}</h2>
            <p className="quiet">{w.lead}</p>
          </header>
          {mine.length > 1 && (
            <PlainField label={w.what}>
              {({ id }) => (
                <Radios
                  id={id}
                  value={chosen ?? null}
                  onChange={setChosen}
                  choices={mine.map(({ entity }) => ({
                    value: entity.name,
                    label: label(entity.label),
                  }))}
                />
              )}
            </PlainField>
          )}
          <DropZone importable={current} />
          <KeptMappings entity={current.entity.name} />
        </>
      )}
      <Earlier importables={importables} />
    </div>
  )
}
