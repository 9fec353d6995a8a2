import { Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useRef } from 'react'
import { resultTypes } from '#platform/fields/definition.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Fields } from '#platform/fields/field.ts'
import { compileFormula } from '#platform/formulas/formula.ts'
import { useFields } from '#ui/fields.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { Select } from '#ui/Select.tsx'
import { useReasons } from '#ui/useReasons.ts'
import type { Setting } from './FieldSettings.tsx'
import { kindLabels } from './kindWords.ts'
import { fieldWords } from './messages.ts'

/** A formula as it is written, judged at every letter: what is wrong, where, and the remedy. */
export const FormulaEditor = (props: Setting & { entity: Entity; isNew: boolean }) => {
  const { draft, set, note, entity } = props
  const w = useMessages(fieldWords)
  const label = useLabel()
  const fields = useFields(entity)
  const area = useRef<TextAreaRef>(null)
  const { formula = '', result = 'number' } = draft
  const judged = useJudged(draft, entity)
  const wrong = judged.wrong ?? note('formula')
  const usable = Object.entries(fields).filter(
    ([name, field]) =>
      (field.set !== 'system' || field.formula !== undefined) && name !== draft.name,
  )
  const insert = (name: string) => {
    const input = area.current?.resizableTextArea?.textArea
    const at = input?.selectionEnd ?? formula.length
    const field = fields[name]
    const said = `「${field && meansOne(fields, label(field.label)) ? label(field.label) : name}」`
    set({ formula: formula.slice(0, at) + said + formula.slice(at) })
    requestAnimationFrame(() => {
      input?.focus()
      input?.setSelectionRange(at + said.length, at + said.length)
    })
  }
  return (
    <>
      <PlainField
        label={w.formula}
        wrong={wrong !== undefined && formula !== ''}
        note={formula === '' ? w.formulaHelp : (wrong ?? w.formulaRight)}
      >
        {(control) => (
          <Input.TextArea
            {...control}
            ref={area}
            autoSize={{ minRows: 2, maxRows: 8 }}
            spellCheck={false}
            value={formula}
            onChange={(event) => set({ formula: event.target.value })}
          />
        )}
      </PlainField>
      <PlainField label={w.insert}>
        {({ id }) => (
          <Select
            id={id}
            showSearch={{ optionFilterProp: 'label' }}
            value={null}
            options={usable.map(([value, field]) => ({ value, label: label(field.label) }))}
            onChange={(name: string | null) => name && insert(name)}
          />
        )}
      </PlainField>
      <PlainField label={w.result} wrong={note('result') !== undefined} note={note('result')}>
        {({ id }) => (
          <Select
            id={id}
            disabled={!props.isNew}
            value={result}
            options={resultTypes.map((value) => ({ value, label: label(kindLabels[value]) }))}
            onChange={(chosen) => set({ result: chosen })}
          />
        )}
      </PlainField>
    </>
  )
}

/** A formula knows fields by their names in both languages, in capitals or not. */
const meansOne = (fields: Fields, wanted: string) =>
  Object.values(fields).filter(({ label: { zh, en } }) =>
    [zh, en].some((each) => each.toLowerCase() === wanted.toLowerCase()),
  ).length === 1

const useJudged = ({ formula = '', result = 'number' }: Setting['draft'], entity: Entity) => {
  const say = useReasons()
  const read = compileFormula(formula, result, useFields(entity))
  if ('formula' in read) return { wrong: undefined }
  const { reason, at, values } = read.problem
  return { wrong: say({ reason, values: { ...values, at: at + 1 } }) }
}
