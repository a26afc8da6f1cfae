// npm run seed -- --store ADDRESS [--finished N] [--waiting N] [--delayed N] [--failed N] [--days N]: see bench/README.md.
import { openStellwerk } from 'stellwerk'
import { UsageError } from '../bench-options.ts'
import { openPostgresSink } from './postgres-sink.ts'
import { parseSeedOptions, type SeedOptions } from './seed-options.ts'
import { seedStore } from './seed-store.ts'
import { openSqliteSink } from './sqlite-sink.ts'

/** Exit codes: 0 = written, 1 = refused or broken, 2 = the command line is wrong. */
async function main(): Promise<number> {
  const options = readOptions()
  if (options === undefined) return 2
  const startedMs = performance.now()
  // Makes the schema.
  await (await openStellwerk({ store: options.store, schema: options.schema, migrate: true })).close()
  const sink = options.store.startsWith('sqlite:')
    ? openSqliteSink(options.store.slice('sqlite:'.length))
    : await openPostgresSink(options.store, options.schema)
  try {
    await seedStore(sink, options)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return 1
  } finally {
    await sink.close()
  }
  const seconds = (performance.now() - startedMs) / 1_000
  console.log(
    `${options.finished.toLocaleString('en')} finished jobs of ${options.days} days in ${seconds.toFixed(1)} s`,
  )
  return 0
}

function readOptions(): SeedOptions | undefined {
  try {
    return parseSeedOptions(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(error.message)
    return undefined
  }
}

process.exitCode = await main()
