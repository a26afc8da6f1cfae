import { type ComponentType, lazy, useMemo } from 'react'

/** A component in a file of its own, which is fetched when it is first drawn, or ahead of that. */
export interface LazyPart<Props extends object> {
  /** Fetches its file, once however often it is called; one that did not come is asked for again. */
  readonly load: () => Promise<unknown>
  /** The component itself where its file is there, else one that waits for it. */
  readonly current: () => ComponentType<Props>
}

/** A part by what imports it. */
export function lazyPart<Props extends object>(fetchPart: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  let there: ComponentType<Props> | undefined
  let coming: Promise<ComponentType<Props>> | undefined
  const fetchOnce = async (): Promise<ComponentType<Props>> => {
    try {
      there = await fetchPart()
      return there
    } finally {
      coming = undefined
    }
  }
  const load = async (): Promise<ComponentType<Props>> => {
    if (there !== undefined) return there
    coming ??= fetchOnce()
    return await coming
  }
  // It takes the props of the part: the type of `lazy` says so only for props that are known.
  const waiting = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>
  return { load, current: () => there ?? waiting }
}

/**
 * The component of a part, the same for as long as this one is drawn. One whose file is there is drawn at once: for one that waits React draws the
 * fallback even where nothing is left to wait for, and leaves a fallback standing for 300 ms.
 */
export function useLazyPart<Props extends object>(part: LazyPart<Props>): ComponentType<Props> {
  return useMemo(() => part.current(), [part])
}
