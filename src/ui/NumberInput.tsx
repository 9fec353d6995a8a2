import { Input } from 'antd'
import { useState } from 'react'
import { readMoney } from '#platform/china/money.ts'
import { control, type InputProps, textOf } from './inputProps.ts'

type Spelling = {
  /** Undefined for what is not yet a number; the text itself is then kept, and checked. */
  read: (text: string) => number | undefined
  write: (value: unknown) => string
}

const whole: Spelling = {
  read: (text) => {
    const plain = text.normalize('NFKC').replace(/[\s,]/g, '')
    return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined
  },
  write: textOf,
}

/** Fen are shown as yuan; a typed 1.2万 is read as well. */
const yuan: Spelling = {
  read: readMoney,
  write: (value) =>
    typeof value === 'number' ? (value / 100).toFixed(value % 100 === 0 ? 0 : 2) : textOf(value),
}

export const NumberInput = (props: InputProps) => <Figure {...props} spelling={whole} />
export const MoneyInput = (props: InputProps) => <Figure {...props} spelling={yuan} prefix="¥" />

const Figure = (props: InputProps & { spelling: Spelling; prefix?: string }) => {
  const { spelling, value, onChange } = props
  const [text, setText] = useState(() => spelling.write(value))
  const shown = meaning(text, spelling) === value ? text : spelling.write(value)
  return (
    <Input
      {...control(props)}
      className="figure"
      inputMode="decimal"
      autoComplete="off"
      prefix={props.prefix}
      value={shown}
      onChange={(event) => {
        setText(event.target.value)
        onChange(meaning(event.target.value, spelling))
      }}
    />
  )
}

const meaning = (text: string, { read }: Spelling) =>
  text.trim() === '' ? null : (read(text) ?? text)
