import type { ScenarioName } from './bench-options.ts'
import type { Scenario } from './scenario.ts'
import { drain } from './scenarios/drain.ts'
import { enqueueBulk } from './scenarios/enqueue-bulk.ts'
import { enqueueSingle } from './scenarios/enqueue-single.ts'
import { heartbeats } from './scenarios/heartbeats.ts'
import { latency } from './scenarios/latency.ts'
import { loopBlock } from './scenarios/loop-block.ts'
import { stationMemory } from './scenarios/station-memory.ts'

/** What each scenario runs, by name. */
export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  'enqueue-bulk': enqueueBulk,
  'enqueue-single': enqueueSingle,
  drain,
  latency,
  'station-memory': stationMemory,
  'loop-block': loopBlock,
  heartbeats,
}
