import { Button } from 'antd'
import type { ImportAnswer } from '#platform/imports/contract.ts'
import type { Importable } from '#platform/imports/ports.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { Dates } from './Dates.tsx'
import { HowToImport } from './HowToImport.tsx'
import { KeepMapping } from './KeepMapping.tsx'
import { MappingTable } from './MappingTable.tsx'
import { importWords } from './messages.ts'
import { unfilled } from './needs.ts'
import { Reading } from './Reading.tsx'
import { useImportActions } from './useImport.ts'
import './mapping.css'

/** How the file is read, what its columns are and how they are taken over; then the check. */
export const SettingsStep = (props: { item: ImportAnswer; importable: Importable }) => {
  const { item, importable } = props
  const w = useMessages(importWords)
  const label = useLabel()
  const { set, check } = useImportActions(item.id)
  const change = set.mutate
  const missing = item.mode === 'update' ? undefined : unfilled(importable, item.mapping)[0]
  const mapped = item.mapping.filter((path) => path !== null).length
  return (
    <>
      <section className="imports-part">
        <h2>
          {w.columns}
          <span className="page-count">{w.columnsHelp(mapped, item.header.length)}</span>
        </h2>
        <Reading item={item} onChange={change} busy={set.isPending} />
        {item.mapping_name !== null && (
          <p className="quiet imports-note">{w.mappingUsed(item.mapping_name)}</p>
        )}
        <MappingTable
          item={item}
          importable={importable}
          onChange={(mapping) => change({ mapping })}
        />
        {missing && <p className="soon imports-note">{w.titleMissing(label(missing))}</p>}
      </section>
      <section className="imports-part">
        <h2>{w.how}</h2>
        <HowToImport item={item} importable={importable} onChange={change} />
      </section>
      <Dates item={item} importable={importable} onChange={change} />
      <KeepMapping item={item} />
      <footer className="imports-foot">
        <Button
          type="primary"
          size="large"
          disabled={mapped === 0}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          {w.check}
        </Button>
        <span className="quiet">{w.checkHelp}</span>
      </footer>
    </>
  )
}
