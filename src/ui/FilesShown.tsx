import { address } from '#platform/door/client.ts'
import { type FileValue, filesIn } from '#platform/fields/fileValue.ts'
import { FileTile } from './FileTile.tsx'
import { useMarks } from './locale.tsx'

/** The files of a field: names in a table, else each with the way to its content. */
export const FilesShown = ({ value, brief }: { value: unknown; brief: boolean | undefined }) => {
  const { listed } = useMarks()
  const files = filesIn(value)
  if (brief) return listed(files.map(({ name }) => name))
  return (
    <span className="file-list">
      {files.map((file) => (
        <FileTile key={file.id} file={file} {...hrefOf(file)} />
      ))}
    </span>
  )
}

/** What an event tells of a file is its name alone. */
const hrefOf = ({ id, customer_id }: FileValue) =>
  customer_id ? { href: address(`/customers/${customer_id}/files/${id}/content`) } : {}
