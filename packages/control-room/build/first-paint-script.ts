import { resolve } from 'node:path'
import { build } from 'rolldown'
import type { Plugin } from 'vite'

const NAME = /first-paint-[\w-]+\.js$/
const SOURCE = resolve(import.meta.dirname, '../src/app/first-paint.ts')

/**
 * Builds `first-paint.ts` into a small classic script that blocks the first paint, so that no page flashes in the wrong
 * theme. It is a file of its own, because the content security policy allows no inline script.
 */
export function firstPaintScript(): Plugin {
  return {
    name: 'first-paint-script',
    apply: 'build',
    async buildStart() {
      const bundle = await build({ input: SOURCE, write: false, output: { format: 'iife', minify: true } })
      this.emitFile({ type: 'asset', name: 'first-paint.js', source: bundle.output[0].code })
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const file = Object.values(bundle).find(({ type, fileName }) => type === 'asset' && NAME.test(fileName))
        if (file === undefined) throw new Error('first-paint.js was not emitted')
        return html.replace('</title>', `</title>\n    <script src="./${file.fileName}"></script>`)
      },
    },
  }
}
