import { type RefObject, useEffect, useRef, useState } from 'react'

/** Keeps the end of a scrolled box in sight while things are added to it. */
export interface Follow {
  readonly box: RefObject<HTMLOListElement | null>
  readonly isFollowing: boolean
  /** To be called when the box is scrolled. */
  readonly onScroll: () => void
  /** Goes to the end and follows again. */
  readonly jump: () => void
}

const nearPx = 24

/** Follows until one scrolls up. `newest` changes with each thing that is added. */
export function useFollow(newest: unknown): Follow {
  const box = useRef<HTMLOListElement>(null)
  const [isFollowing, setFollowing] = useState(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was added last is the occasion
  useEffect(() => {
    if (isFollowing) box.current?.scrollTo({ top: box.current.scrollHeight })
  }, [newest, isFollowing])
  const onScroll = () => {
    const list = box.current
    if (list !== null) setFollowing(list.scrollHeight - list.scrollTop - list.clientHeight < nearPx)
  }
  return { box, isFollowing, onScroll, jump: () => setFollowing(true) }
}
