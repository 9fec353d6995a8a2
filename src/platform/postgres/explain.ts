import * as fs from 'node:fs'
import { startError } from '#platform/settings/startError.ts'

/** What PostgreSQL wrote since `offset` of its log, the last 4,000 characters of it. */
export function logSince(path: string, offset: number): string {
  if (!fs.existsSync(path)) return ''
  return fs.readFileSync(path).subarray(offset).toString('utf8').trim().slice(-4000)
}

const causes: { sign: RegExp; zh: string; en: string }[] = [
  {
    sign: /No space left on device|Disk quota exceeded/i,
    zh: '磁盘空间不足，数据库无法启动。请清理磁盘后重试，已有数据不受影响。',
    en: 'The disk is full, so the database cannot start. Free some space and try again; existing data is not affected.',
  },
  {
    sign: /database files are incompatible|incompatible with this version/i,
    zh: '数据由另一版本的 PostgreSQL 写成，当前版本无法读取。请使用原来版本的知客。',
    en: 'The data was written by another version of PostgreSQL. Use the version of Zhike that wrote it.',
  },
  {
    sign: /error while loading shared libraries|Library not loaded/i,
    zh: '内置数据库缺少程序库。请删除 node_modules 后重新执行 npm start。',
    en: 'The embedded database lacks a library. Remove node_modules and run npm start again.',
  },
  {
    sign: /could not map anonymous shared memory|could not create shared memory|Cannot allocate memory/i,
    zh: '内存不足，数据库无法启动。请关闭其他程序，或换一台内存更大的机器。',
    en: 'There is not enough memory for the database. Close other programs or use a machine with more.',
  },
  {
    sign: /could not look up effective user ID/i,
    zh: '当前用户在系统用户表（/etc/passwd）中没有记录，PostgreSQL 不接受。请换一个有记录的用户启动。',
    en: 'The current user has no entry in /etc/passwd, which PostgreSQL requires. Start as a user that has one.',
  },
  {
    sign: /lock file .* already exists|pre-existing shared memory block/i,
    zh: '另有一个 PostgreSQL 正在使用这个数据库文件夹，它不是由知客启动的。请先停止它。',
    en: 'A PostgreSQL that Zhike did not start is using this database folder. Stop it first.',
  },
  {
    sign: /Permission denied/i,
    zh: '没有权限读写数据库文件。请以当初安装的用户启动。',
    en: 'No permission to read and write the database files. Start as the user who set it up.',
  },
]

/** Turns what PostgreSQL wrote before it gave up into words, with its own words below. */
export function explainFailure(output: string, logPath: string): Error {
  const cause = causes.find(({ sign }) => sign.test(output))
  const own = output.split('\n').slice(-6).join('\n  | ')
  return startError(
    cause?.zh ?? `内置数据库未能启动，详见 ${logPath}。`,
    `${cause?.en ?? `The embedded database did not start; see ${logPath}.`}\n  | ${own}`,
  )
}
