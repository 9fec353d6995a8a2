import { useState } from 'react'
import { upload } from '../door/client.ts'
import { newRepeatKey } from '../door/repeatKey.ts'
import type { FileAnswer } from './contract.ts'

/** A file on its way to a customer: `share` has left, 0 to 1; `made` once the server keeps it. */
export type Upload = {
  key: string
  file: File
  share: number
  made?: FileAnswer
  failure?: unknown
}

/** Sends files of this browser below a customer. */
export const useUploads = (customerId: string, onMade?: (made: FileAnswer) => void) =>
  useUploadsTo(`/customers/${customerId}/files`, onMade)

/** Sends files of this browser to `path`, one after the other in the order they were given. */
export const useUploadsTo = (path: string, onMade?: (made: FileAnswer) => void) => {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const patch = (key: string, change: Partial<Upload>) =>
    setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...change } : each)))

  const send = async ({ key, file }: Pick<Upload, 'key' | 'file'>) => {
    try {
      const made = await upload<FileAnswer>(path, file, {
        query: { name: file.name },
        onProgress: (share) => patch(key, { share }),
      })
      patch(key, { share: 1, made })
      onMade?.(made)
    } catch (failure) {
      patch(key, { share: 0, failure })
    }
  }

  const add = async (files: readonly File[]) => {
    const fresh = files.map((file) => ({ key: newRepeatKey(), file, share: 0 }))
    setUploads((all) => [...all, ...fresh])
    for (const each of fresh) await send(each)
  }

  return {
    uploads,
    busy: uploads.some(({ made, failure }) => !made && failure === undefined),
    add,
    retry: (one: Upload) => {
      setUploads((all) => all.map((each) => (each.key === one.key ? waiting(one) : each)))
      void send(one)
    },
    drop: (key: string) => setUploads((all) => all.filter((each) => each.key !== key)),
    clear: () => setUploads([]),
  }
}

const waiting = ({ key, file }: Upload): Upload => ({ key, file, share: 0 })
