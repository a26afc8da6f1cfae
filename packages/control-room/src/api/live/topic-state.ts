/** What is known of one topic beside its value. */
export interface TopicState {
  /** The server cannot read it since then (ISO 8601; null: never could); undefined while it can. */
  readonly staleSince: string | null | undefined
  /** The server says that there is nothing behind it any more. */
  readonly hasGone: boolean
  /** The server does not push it as it was asked for: fetching it says why. */
  readonly isRefused: boolean
}

/** Nothing is wrong. */
export const healthyTopic: TopicState = { staleSince: undefined, hasGone: false, isRefused: false }
