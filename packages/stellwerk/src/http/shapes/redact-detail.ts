import type { ControlRoomOptions } from '../../client/control-room-options.ts'
import type { JobDetail } from '../schemas/job-detail.ts'

/** A job without what the application's function takes out of payload and result. Where that function fails, nothing of them is shown. */
export function redactDetail(detail: JobDetail, redact: ControlRoomOptions['redact']): JobDetail {
  if (redact === undefined || detail.payloadHidden) return detail
  const { type, queue } = detail
  const shown = (value: unknown): unknown => {
    if (value === null) return null
    try {
      return redact(value, { type, queue }) ?? null
    } catch {
      return '[redacted]'
    }
  }
  return { ...detail, payload: shown(detail.payload), result: shown(detail.result) }
}
