import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = `http://127.0.0.1:${process.env.PORT ?? '3210'}`

/** The web app; `#…` imports resolve through package.json, as they do on the server. */
export default defineConfig({
  plugins: [react()],
  // Everything the browser gets is imported by a source file.
  publicDir: false,
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // Which files a page is made of: the test of their weight reads it.
    manifest: true,
    // Icons and fonts stay files of their own: the page's policy allows no data: URLs for scripts or styles.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
  },
  server: {
    port: 5173,
    strictPort: false,
    proxy: { '/api': server, '/health': server },
  },
})
