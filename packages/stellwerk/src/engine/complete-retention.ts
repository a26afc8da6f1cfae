import { checkDuration, refuseUnknownKeys } from '../client/check-settings.ts'
import type { WorkOptions } from '../client/work-options.ts'
import { defaultRetention, type Retention, retentionKinds } from '../domain/retention/retention.ts'

/** The retention with its defaults, ms. @throws OPTION_INVALID naming the kind */
export function completeRetention(given: NonNullable<WorkOptions['retention']>): Retention {
  refuseUnknownKeys('retention', given, new Set<string>(retentionKinds))
  const entries = retentionKinds.map((kind) => {
    const value = given[kind]
    if (value === undefined) return [kind, defaultRetention[kind]]
    return [kind, value === null ? null : checkDuration(`retention.${kind}`, value)]
  })
  return Object.fromEntries(entries) as Retention
}
