import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { foldRuntime } from './build/fold-runtime.ts'
import { paintWhenReady } from './build/paint-when-ready.ts'

/** The overview and the chart that it always shows: one file, where the pages that show a chart too find it. */
const OVERVIEW =
  /node_modules[/\\]uplot|control-room[/\\]src[/\\](pages[/\\]overview|panels[/\\]time-chart[/\\](time-chart\.|chart-options|use-plot))/

/** Libraries but the one for charts, and our own parts that belong to no single page or language. */
const SHARED =
  /node_modules[/\\](?!uplot)|control-room[/\\]src[/\\](main|app|api|ui|i18n[/\\](?!en|de)|panels[/\\](server-words[/\\]own-message|vital|state-counts|queue-table|time-chart[/\\](lazy-time-chart|time-(chart-panel|series|table))))/

// Whatever the environment says: the room is built for use, and React's development build is twice as large.
process.env['NODE_ENV'] = 'production'

// Relative addresses: the server puts the prefix of its mount into index.html, chunks find one another by their own address.
export default defineConfig({
  base: './',
  root: import.meta.dirname,
  plugins: [react(), paintWhenReady(), foldRuntime()],
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
        codeSplitting: {
          groups: [
            { name: 'room', test: SHARED, priority: 2 },
            { name: 'overview-page', test: OVERVIEW, priority: 1 },
          ],
        },
      },
    },
  },
})
