import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { firstPaintScript } from './build/first-paint-script.ts'

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
  },
})
