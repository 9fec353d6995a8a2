import {
  AutoComplete as AntdAutoComplete,
  Select as AntdSelect,
  type AutoCompleteProps,
  type SelectProps,
} from 'antd'
import type { BaseOptionType, DefaultOptionType } from 'antd/es/select'
import { Check, ChevronDown, X } from 'lucide-react'
import { useMessages } from './locale.tsx'
import { words } from './words.ts'

/** antd's list to choose from, with the words and the icons of this house: its own are read out in English. */
export const Select = <V, O extends BaseOptionType | DefaultOptionType = DefaultOptionType>(
  props: SelectProps<V, O>,
) => {
  const w = useMessages(words)
  const several = props.mode !== undefined
  return (
    <AntdSelect<V, O>
      suffixIcon={<ChevronDown />}
      menuItemSelectedIcon={several ? <Check /> : null}
      removeIcon={<X />}
      notFoundContent={<span className="quiet">{w.noChoice}</span>}
      {...props}
      allowClear={props.allowClear ? { label: w.empty, clearIcon: <X /> } : false}
    />
  )
}

/** A line to type in, with suggestions. */
export const AutoComplete = (props: AutoCompleteProps<string>) => {
  const w = useMessages(words)
  return (
    <AntdAutoComplete<string>
      {...props}
      allowClear={props.allowClear ? { label: w.empty, clearIcon: <X /> } : false}
    />
  )
}
