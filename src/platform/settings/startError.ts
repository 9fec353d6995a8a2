/**
 * A reason not to start, in words for the person at the console: Chinese first, English below.
 * Whoever starts the program prints `message` alone (no stack) and exits with 1.
 */
export const startError = (zh: string, en: string): Error =>
  Object.assign(new Error(`✗ ${zh}\n  ${en}`), { name: 'StartError' })

export const isStartError = (error: unknown): error is Error & { name: 'StartError' } =>
  error instanceof Error && error.name === 'StartError'

/** The code of a system call's failure (`ENOSPC`, …), or '' when it was something else. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Puts a failed read or write of `path` into words; what is not about the disk passes unchanged. */
export function fileError(path: string, error: unknown): unknown {
  const code = systemCode(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return startError(
      `磁盘空间不足，无法写入 ${path}。请清理磁盘后重试。`,
      `The disk is full: ${path} cannot be written. Free some space and try again.`,
    )
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return startError(
      `没有权限读写 ${path}（${code}）。请修改所有者，或以当初安装的用户启动，或用 DATA_DIR 换一个文件夹。`,
      `No permission to read and write ${path} (${code}). Change its owner, start as the user who set it up, or choose another folder with DATA_DIR.`,
    )
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return startError(
      `${path} 应为文件夹，实际是文件。请移走该文件，或用 DATA_DIR 换一个文件夹。`,
      `${path} should be a folder but is a file. Move it away, or choose another folder with DATA_DIR.`,
    )
  }
  return error
}
