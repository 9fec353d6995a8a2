import { spawn } from 'node:child_process'
import { join } from 'node:path'

// `npm run dev`: the server, started again when a source changes, and the web app as Vite serves it.
const root = join(import.meta.dirname, '..')
const web = 'http://localhost:5173'
// The page comes from Vite's address, so that is where sign-in and links have to lead.
const env = { ...process.env, PUBLIC_URL: process.env.PUBLIC_URL ?? web }
const run = (...args: string[]) =>
  spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' })
const parts = [
  run('--watch', '--watch-preserve-output', join('src', 'app', 'server.ts')),
  run(join('node_modules', 'vite', 'bin', 'vite.js'), '--port', '5173', '--strictPort'),
]
console.log(`开发模式：请打开 ${web} / Development: open ${web}`)
const end = () => {
  for (const part of parts) part.kill('SIGTERM')
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end)
for (const part of parts) {
  part.on('exit', (code) => {
    process.exitCode ||= code ?? 0
    end()
  })
}
