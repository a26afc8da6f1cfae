import { checkDuration, checkMemory } from '../client/check-settings.ts'
import type { AnyJobDefinition } from '../client/job-definition.ts'
import type { JobDefaults } from '../client/job-settings.ts'
import { resolveRules } from '../domain/job/attempt-rules.ts'
import { parseBackoff } from '../domain/job/backoff.ts'
import type { AttemptRules, JobOverrides } from '../domain/job/job-options.ts'

/** Looks up the rules of attempts: dispatch before definition before the station's own defaults before the product's. */
export class RulesBook {
  readonly #station: JobOverrides
  readonly #plain = new Map<AnyJobDefinition | undefined, AttemptRules>()

  constructor(stationDefaults: JobDefaults = {}) {
    this.#station = layerOf(stationDefaults, 0)
  }

  /** `createdAt` (Unix ms) fixes the end of a definition's `retryFor`. */
  rulesOf(definition: AnyJobDefinition | undefined, overrides: JobOverrides | null, createdAt: number): AttemptRules {
    const spanned = definition?.defaults.retryFor !== undefined
    if (overrides !== null || spanned)
      return resolveRules(overrides ?? {}, layerOf(definition?.defaults ?? {}, createdAt), this.#station)
    const known = this.#plain.get(definition)
    if (known !== undefined) return known
    const rules = resolveRules(layerOf(definition?.defaults ?? {}, createdAt), this.#station)
    this.#plain.set(definition, rules)
    return rules
  }
}

function layerOf(defaults: JobDefaults, createdAt: number): JobOverrides {
  const { tries, backoff, timeout, failOnTimeout, maxExceptions, retryFor, memory } = defaults
  return {
    ...(tries !== undefined && { tries }),
    ...(backoff !== undefined && typeof backoff !== 'function' && { backoff: parseBackoff(backoff) }),
    ...(timeout !== undefined && { timeoutMs: checkDuration('timeout', timeout) }),
    ...(failOnTimeout !== undefined && { failOnTimeout }),
    ...(maxExceptions !== undefined && { maxExceptions }),
    ...(memory !== undefined && { memoryBytes: checkMemory('memory', memory) }),
    ...(retryFor !== undefined && { retryUntil: createdAt + checkDuration('retryFor', retryFor) }),
  }
}
