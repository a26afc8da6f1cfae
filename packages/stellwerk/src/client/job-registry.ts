import { StellwerkError } from '../domain/errors.ts'
import { didYouMean } from '../std/did-you-mean.ts'
import type { AnyJobDefinition } from './job-definition.ts'

/** The job types that one process knows, by name. A definition with a handler takes the place of its own declaration without one. */
export class JobRegistry {
  readonly #byName = new Map<string, AnyJobDefinition>()

  constructor(definitions: Iterable<AnyJobDefinition> = []) {
    for (const definition of definitions) this.add(definition)
  }

  /** @throws JOB_TYPE_DUPLICATE when two handlers share a name */
  add(definition: AnyJobDefinition): void {
    const known = this.#byName.get(definition.name)
    if (known !== undefined && known !== definition && known.handle !== null && definition.handle !== null) {
      throw new StellwerkError('JOB_TYPE_DUPLICATE', `two job types are named '${definition.name}'; rename one of them`)
    }
    if (known === undefined || known.handle === null) this.#byName.set(definition.name, definition)
  }

  /** @throws JOB_TYPE_UNKNOWN with the nearest known name */
  get(name: string): AnyJobDefinition {
    const definition = this.#byName.get(name)
    if (definition !== undefined) return definition
    const known = [...this.#byName.keys()]
    const list = known.length === 0 ? 'no job type is known here' : `known are ${known.slice(0, 20).join(', ')}`
    throw new StellwerkError(
      'JOB_TYPE_UNKNOWN',
      `unknown job type '${name}'${didYouMean(name, known) || `; ${list}. Name its module in 'jobs' of the configuration or pass its definition`}`,
    )
  }

  find(name: string): AnyJobDefinition | undefined {
    return this.#byName.get(name)
  }

  /** Types that this process can run. */
  runnable(): readonly AnyJobDefinition[] {
    return [...this.#byName.values()].filter((definition) => definition.handle !== null)
  }

  /** Dead-letter queues that definitions name, by type. */
  deadLetters(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      this.all().flatMap(({ name, defaults: { deadLetter } }) =>
        deadLetter === undefined ? [] : [[name, deadLetter]],
      ),
    )
  }

  all(): readonly AnyJobDefinition[] {
    return [...this.#byName.values()]
  }
}
