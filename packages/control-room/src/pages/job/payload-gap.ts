import type { JobDetail } from '../../../../stellwerk/src/http/schemas/job-detail.ts'

/** Why there is no payload to be seen; null where there is one. */
export function payloadGap({
  payloadHidden,
  payloadKept,
}: Pick<JobDetail, 'payloadHidden' | 'payloadKept'>): 'hidden' | 'notKept' | null {
  if (payloadHidden) return 'hidden'
  return payloadKept ? null : 'notKept'
}
