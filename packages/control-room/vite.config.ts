import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { firstPaintScript } from './build/first-paint-script.ts'

/** Libraries but the one for charts, and our own parts that belong to no single page or language. */
const SHARED =
  /node_modules[/\\](?!uplot)|control-room[/\\]src[/\\](main|app|api|ui|i18n[/\\](?!en|de)|panels[/\\](vital|state-counts|queue-table|time-chart[/\\]time-(chart-panel|series|table)))/

// Whatever the environment says: the room is built for use, and React's development build is twice as large.
process.env['NODE_ENV'] = 'production'

// Relative addresses: the server puts the prefix of its mount into index.html, chunks find one another by their own address.
export default defineConfig({
  base: './',
  root: import.meta.dirname,
  plugins: [react(), firstPaintScript()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        // What several pages share comes with the first load: fewer requests, and no page waits for a crumb.
        codeSplitting: { groups: [{ name: 'room', test: SHARED }] },
      },
    },
  },
})
