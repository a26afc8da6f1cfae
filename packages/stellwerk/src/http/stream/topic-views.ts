import { isStellwerkError } from '../../domain/errors.ts'
import type { RouteDeps } from '../route.ts'
import type { StreamEvents } from '../schemas/stream.ts'
import type { TopicView } from './topic-view.ts'
import { splitTopics, topicView } from './topics.ts'

/** What of a stream's topics can be followed, and what cannot, and why. */
export interface TopicViews {
  readonly views: readonly TopicView[]
  readonly refused: readonly StreamEvents['refused'][]
}

/**
 * The topics of a `topics` parameter as this viewer sees them. One that is wrong or not theirs keeps none of the others back.
 * @throws PARAMETER_INVALID for none or too many, and what the first one throws where none can be followed
 */
export async function topicViews(text: string, deps: RouteDeps): Promise<TopicViews> {
  const topics = splitTopics(text)
  const found = await Promise.allSettled(topics.map((topic) => topicView(topic, deps)))
  const views = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const errors = found.map((one): unknown => (one.status === 'rejected' ? one.reason : null))
  const unexpected = errors.find((error) => error !== null && !isStellwerkError(error))
  if (unexpected !== undefined || views.length === 0) throw unexpected ?? errors[0]
  const refused = errors.flatMap((error, index) =>
    isStellwerkError(error) ? [{ topic: topics[index] ?? '', code: error.code, detail: error.message }] : [],
  )
  return { views, refused }
}
