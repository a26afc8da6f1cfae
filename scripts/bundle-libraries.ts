import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

/** Files of the built package that are nothing but a door to a library of very many files. */
const doors = { kysely: 'storage/sql/kysely.js', zod: 'app/configuration/zod.js' }

const root = new URL('../', import.meta.url)

/** Puts each library into its door, in place: loading hundreds of small files is what a short command would spend its time on. */
for (const door of Object.values(doors)) {
  const file = fileURLToPath(new URL(`packages/stellwerk/dist/${door}`, root))
  await build({
    input: file,
    platform: 'node',
    output: { file, format: 'esm', minify: { compress: false, mangle: false, codegen: true }, sourcemap: false },
    logLevel: 'warn',
  })
}

/** Their licences ask that the notice goes with the copy. */
const notices = Object.entries(doors).map(([name, door]) => {
  const licence = readFileSync(new URL(`node_modules/${name}/LICENSE`, root), 'utf8').trim()
  return `dist/${door} contains ${name}:\n\n${licence}\n`
})
writeFileSync(new URL('packages/stellwerk/dist/THIRD-PARTY-LICENSES.txt', root), notices.join('\n---\n\n'))
