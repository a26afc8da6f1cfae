import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

/** Files of the built package that are nothing but a door to a library of very many files. */
const doors = ['storage/sql/kysely.js', 'app/configuration/zod.js']

/** Puts each library into its door, in place: loading hundreds of small files is what a short command would spend its time on. */
for (const door of doors) {
  const file = fileURLToPath(new URL(`../packages/stellwerk/dist/${door}`, import.meta.url))
  await build({
    input: file,
    platform: 'node',
    output: { file, format: 'esm', minify: { compress: false, mangle: false, codegen: true }, sourcemap: false },
    logLevel: 'warn',
  })
}
