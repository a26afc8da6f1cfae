import { defaultRetention, type RetentionKind } from '../../domain/retention/retention.ts'
import { durationForms } from '../../std/duration.ts'
import { type Setting, setting } from './setting.ts'
import { durationFromText, durationSchema } from './setting-schemas.ts'
import { z } from './zod.ts'

const day = 86_400_000
const longest = 100 * 366 * day
const forever = 'forever'

interface Kept {
  readonly kind: RetentionKind
  readonly description: string
  readonly defaultNote: string
  readonly least: number
}

function kept({ kind, description, defaultNote, least }: Kept): Setting<number | null> {
  return setting<number | null>({
    schema: z.union([z.literal(forever).transform(() => null), durationSchema([least, longest])]),
    type: "number | string | 'forever'",
    description,
    expects: `a duration of ${least / 3_600_000}h or more, or '${forever}'; give ${durationForms}`,
    defaultValue: defaultRetention[kind],
    defaultNote,
    fromText: (text) => (text === forever ? text : durationFromText(text)),
  })
}

/** How long each kind of row is kept. */
export const retentionSettings = {
  'retention.payloads': kept({
    kind: 'payloads',
    description:
      'How long payload, result and lines of a completed or cancelled job are kept; until then it can be retried. PostgreSQL drops whole UTC days.',
    defaultNote: '24h',
    least: 3_600_000,
  }),
  'retention.finished': kept({
    kind: 'finished',
    description:
      'How long the slim row of a completed or cancelled job is kept, with its attempts. PostgreSQL drops whole UTC days.',
    defaultNote: '30d',
    least: 3_600_000,
  }),
  'retention.failed': kept({
    kind: 'failed',
    description: 'How long failed jobs are kept, whole. Without a time a person deletes them.',
    defaultNote: "'forever'",
    least: 3_600_000,
  }),
  'retention.minutes': kept({
    kind: 'minutes',
    description: 'How long metrics are kept by minute. The hours they were rolled into go on.',
    defaultNote: '48h',
    least: 4 * 3_600_000,
  }),
  'retention.hours': kept({
    kind: 'hours',
    description: 'How long metrics are kept by hour. The days they were rolled into go on.',
    defaultNote: '90d',
    least: 2 * day,
  }),
  'retention.days': kept({
    kind: 'days',
    description: 'How long metrics are kept by UTC day.',
    defaultNote: '1826d (5 years)',
    least: 2 * day,
  }),
  'retention.audit': kept({
    kind: 'audit',
    description: 'How long the rows of the audit log are kept. The chain of those that stay can still be verified.',
    defaultNote: '400d',
    least: day,
  }),
}
