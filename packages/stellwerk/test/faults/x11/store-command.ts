import fc from 'fast-check'
import { expect } from 'vitest'
import { inOrder } from '../../../src/storage/conformance/invariants.ts'
import type { OpenedStore } from '../../../src/storage/conformance/store-harness.ts'
import type { Store } from '../../../src/storage/store.ts'
import type { StoreModel } from './store-model.ts'

/** The store under test, seen from two processes. */
export interface RealStore {
  readonly opened: OpenedStore
  readonly stores: readonly [Store, Store]
}

type Step = (model: StoreModel, store: Store, real: RealStore) => Promise<void>

/** A command that may always run, on one of the two stores; afterwards the counters must agree. */
export class StoreCommand implements fc.AsyncCommand<StoreModel, RealStore> {
  readonly #name: string
  readonly #by: 0 | 1
  readonly #step: Step

  constructor(name: string, by: 0 | 1, step: Step) {
    this.#name = name
    this.#by = by
    this.#step = step
  }

  check(): boolean {
    return true
  }

  async run(model: StoreModel, real: RealStore): Promise<void> {
    await this.#step(model, real.stores[this.#by], real)
    expect(inOrder(await real.opened.store.metrics.tallies())).toEqual(inOrder(model.tallies()))
  }

  toString(): string {
    return `${this.#name}#${this.#by}`
  }
}

/** Commands named `name` whose step is made from a value of `values`. */
export function commandOf<T>(
  name: string,
  values: fc.Arbitrary<T>,
  step: (value: T) => Step,
): fc.Arbitrary<StoreCommand> {
  return fc
    .tuple(values, fc.constantFrom(0 as const, 1 as const))
    .map(([value, by]) => new StoreCommand(`${name}(${fc.stringify(value)})`, by, step(value)))
}

/** A number that means one of what there is then. */
export const pick = fc.nat({ max: 1_000 })

/** The item that a number means, undefined where there is none. */
export function chosen<T>(items: readonly T[], index: number): T | undefined {
  return items[index % Math.max(items.length, 1)]
}

/** A station by chance: most often one that lives, now and then one that is dead or was never there. */
export function stationOf(model: StoreModel, index: number): string {
  const alive = [...model.stations].filter(([, { state }]) => state === 'alive').map(([id]) => id)
  const any = [...model.stations.keys(), 'nobody']
  return chosen(index % 10 === 9 || alive.length === 0 ? any : alive, index) ?? 'nobody'
}
