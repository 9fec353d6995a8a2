import { execFile } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { LaunchOptions } from 'playwright-core'

const root = join(import.meta.dirname, '..')
const modules = join(root, 'node_modules')
const fonts = join(modules, '@embedpdf', 'fonts-sc', 'fonts')

/**
 * The browser that comes with npm, with the libraries and fonts that a bare machine lacks. The package
 * has it for Linux on x64 alone: elsewhere the Chrome that is installed serves.
 */
export const chromium = async (): Promise<LaunchOptions> => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' }
  const folder = await unpacked()
  const env = {
    ...present(process.env),
    // Without a UTF-8 locale a download with a Chinese name is called "download".
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
    FONTCONFIG_FILE: fontSettings(folder),
  }
  return { executablePath: join(folder, 'chromium'), env }
}

/** Unpacked once per version, 206 MB, beside what npm installed: `npm ci` removes it with the rest. */
const unpacked = async () => {
  const { version } = JSON.parse(
    fs.readFileSync(join(modules, '@sparticuz', 'chromium', 'package.json'), 'utf8'),
  )
  const folder = join(cacheFolder(), `chromium-${version}`)
  if (fs.existsSync(folder)) return folder
  // Two test files may come here at once: each unpacks for itself, the first to finish wins.
  const making = `${folder}.${process.pid}`
  fs.mkdirSync(making, { recursive: true })
  await unpackInto(making)
  try {
    fs.renameSync(making, folder)
  } catch (error) {
    fs.rmSync(making, { recursive: true, force: true })
    if (!fs.existsSync(folder)) throw error
  }
  return folder
}

/** Where somebody else installed, nothing can be kept beside it. */
const cacheFolder = () => {
  const beside = join(modules, '.cache')
  try {
    fs.mkdirSync(beside, { recursive: true })
    fs.accessSync(beside, fs.constants.W_OK)
    return beside
  } catch {
    return join(tmpdir(), `zhike-browser-${userInfo().uid}`)
  }
}

/**
 * The package unpacks into the temporary folder, and libnss3 and its kind only where it believes itself
 * in a cloud function on Amazon Linux 2023: a process of its own is told both.
 */
const unpackInto = (folder: string) =>
  promisify(execFile)(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath()",
    ],
    {
      cwd: root,
      env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    },
  )

/** Only the fonts from npm, so that a page is as wide on every machine and Chinese is not boxes. */
const fontSettings = (folder: string) => {
  const path = join(folder, 'fonts.conf')
  const alias = (family: string) =>
    `<alias binding="same"><family>${family}</family><prefer><family>Noto Sans S Chinese</family></prefer></alias>`
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
  ${['Noto Sans SC', 'sans-serif', 'serif', 'monospace', 'system-ui'].map(alias).join('\n  ')}
</fontconfig>
`
  // Another test file's browser may be reading it.
  const next = `${path}.${process.pid}`
  fs.writeFileSync(next, text)
  fs.renameSync(next, path)
  return path
}

const present = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
