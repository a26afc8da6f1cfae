import type { AnyJobDefinition, JobRequest } from '../client/job-definition.ts'
import { JobRegistry } from '../client/job-registry.ts'
import type { JobDefaults } from '../client/job-settings.ts'
import type { AttemptRules, JobOverrides } from '../domain/job/job-options.ts'
import { RulesBook } from '../engine/rules-book.ts'
import type { ClaimedJob } from '../storage/claim-store.ts'
import type { TypeFacts } from './messages.ts'

/** What a definition says of itself, as data. */
export function typeFactsOf(definition: AnyJobDefinition): TypeFacts {
  const { name, version, defaults, handle, failed } = definition
  const { backoff, ...rest } = defaults
  return {
    name,
    version,
    defaults: typeof backoff === 'function' || backoff === undefined ? rest : { ...rest, backoff },
    hasHandler: handle !== null,
    hasHook: failed !== null,
  }
}

/** The job types of a station that has loaded none of them: what its workers told. */
export class RemoteTypes {
  readonly #rules: RulesBook
  #registry = new JobRegistry()
  #runnable: readonly string[] = []
  #deadLetters: Readonly<Record<string, string>> = {}

  constructor(defaults: JobDefaults) {
    this.#rules = new RulesBook(defaults)
  }

  /** Names of the types that have a handler. */
  get runnable(): readonly string[] {
    return this.#runnable
  }

  /** Dead-letter queues that they name, by type. */
  get deadLetters(): Readonly<Record<string, string>> {
    return this.#deadLetters
  }

  learn(types: readonly TypeFacts[]): void {
    this.#registry = new JobRegistry(types.map(standInOf))
    this.#deadLetters = this.#registry.deadLetters()
    this.#runnable = types.filter(({ hasHandler }) => hasHandler).map(({ name }) => name)
  }

  find(type: string): AnyJobDefinition | undefined {
    return this.#registry.find(type)
  }

  rulesOf(job: ClaimedJob): AttemptRules {
    const overrides = job.options === null ? null : (JSON.parse(job.options) as JobOverrides)
    return this.#rules.rulesOf(this.find(job.type), overrides, job.createdAt)
  }
}

const neverRun = (): never => {
  throw new Error('a job type that another process told of cannot run here')
}

function standInOf({ name, version, defaults, hasHandler, hasHook }: TypeFacts): AnyJobDefinition {
  const definition: AnyJobDefinition = {
    name,
    version,
    schema: null,
    upgrade: null,
    redact: null,
    defaults,
    handle: hasHandler ? neverRun : null,
    failed: hasHook ? neverRun : null,
    with: (payload, options = {}): JobRequest => ({ definition, payload, options }),
  }
  return Object.freeze(definition)
}
