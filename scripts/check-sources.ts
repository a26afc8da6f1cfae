// What neither Biome nor dependency-cruiser can say about the sources: names, floors, and the clock.
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'

const FORBIDDEN_NAMES = /^(utils?|common|helpers?|managers?|base|data|info|misc|shared)$|-(utils?|helpers?|manager)$/
const FLOORS = [
  'std',
  'domain',
  'storage',
  'operations',
  'client',
  'engine',
  'workers',
  'http',
  'app',
  'cli',
  'testing',
]
const CLOCK_READ = /\bnew Date\(\s*\)|\bDate\(\s*\)/

function complaintsAbout(path: string): string[] {
  const complaints: string[] = []
  const name = basename(path).replace(/(\.test|\.d)?\.tsx?$/, '')
  if (FORBIDDEN_NAMES.test(name)) complaints.push(`${path}: the name says nothing; name the file after its main export`)
  const floor = /^packages\/stellwerk\/src\/([^/]+)\//.exec(path)?.[1]
  if (floor !== undefined && !FLOORS.includes(floor))
    complaints.push(`${path}: "${floor}" is not a floor (${FLOORS.join(', ')})`)
  if (floor !== undefined && !path.endsWith('.test.ts')) complaints.push(...clockReads(path))
  return complaints
}

function clockReads(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, index) =>
      CLOCK_READ.test(line) ? [`${path}:${index + 1}: reads the clock; the store's clock decides`] : [],
    )
}

const paths = globSync(['packages/*/{src,test}/**/*.{ts,tsx}', 'scripts/**/*.ts', '{bench,demo,examples}/**/*.ts'], {
  exclude: (path) => path.includes('node_modules'),
})
const complaints = paths.sort().flatMap(complaintsAbout)
for (const complaint of complaints) console.error(complaint)
console.log(`${paths.length} source files, ${complaints.length} complaints`)
process.exitCode = complaints.length > 0 ? 1 : 0
