import type { ConfigurationValues } from '../app/configuration/settings.ts'
import type { Retention } from '../domain/retention/retention.ts'

/** How long each kind is kept, ms, as the configuration says. */
export function retentionOf(values: ConfigurationValues): Retention {
  return {
    payloads: values['retention.payloads'],
    finished: values['retention.finished'],
    failed: values['retention.failed'],
    minutes: values['retention.minutes'],
    hours: values['retention.hours'],
    days: values['retention.days'],
    audit: values['retention.audit'],
  }
}
