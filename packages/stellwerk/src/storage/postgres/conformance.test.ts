import { inject } from 'vitest'
import { postgresHarness } from '../conformance/postgres-harness.ts'
import { runConformance } from '../conformance/run-conformance.ts'

runConformance('PostgreSQL', postgresHarness(inject('postgresUrl')))
