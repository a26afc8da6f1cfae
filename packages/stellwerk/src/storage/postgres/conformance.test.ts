import { inject } from 'vitest'
import { reusedPostgresHarness } from '../conformance/postgres-harness.ts'
import { runConformance } from '../conformance/run-conformance.ts'

const address = inject('postgresUrl')

runConformance(
  'PostgreSQL',
  reusedPostgresHarness(() => address),
)
