import { runConformance } from '../conformance/run-conformance.ts'
import { sqliteHarness } from '../conformance/sqlite-harness.ts'

runConformance('SQLite', sqliteHarness)
