import { Button } from 'antd'
import { Ellipsis, FileDown } from 'lucide-react'
import { useMessages } from './locale.tsx'
import { Menu } from './Menu.tsx'
import { messages } from './messages.ts'

const words = messages({
  zh: { more: '更多', xlsx: '导出为 Excel', csv: '导出为 CSV', hint: '按当前筛选' },
  en: { more: 'More', xlsx: 'Export as Excel', csv: 'Export as CSV', hint: 'as filtered' },
})

/** Takes a list out as a file, as it is filtered and sorted. */
export const ExportMenu = ({ hrefOf }: { hrefOf: (format: 'xlsx' | 'csv') => string }) => {
  const w = useMessages(words)
  const items = (['xlsx', 'csv'] as const).map((format) => ({
    key: format,
    label: w[format],
    hint: w.hint,
    icon: <FileDown />,
    href: hrefOf(format),
    download: true,
  }))
  return (
    <Menu label={w.more} items={items}>
      <Button aria-label={w.more} icon={<Ellipsis />} />
    </Menu>
  )
}
