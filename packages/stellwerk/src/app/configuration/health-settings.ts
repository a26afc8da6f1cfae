import { durationForms } from '../../std/duration.ts'
import { type Setting, setting } from './setting.ts'
import * as schemas from './setting-schemas.ts'
import { z } from './zod.ts'

const day = 86_400_000

/** From when on a worker is not healthy. */
export const healthSettings = {
  'health.heartbeat': setting<number>({
    schema: schemas.durationSchema([1_000, day]),
    type: 'number | string',
    description: 'How old the last heartbeat of a healthy worker may be.',
    expects: `a duration from 1 second to a day; give ${durationForms}`,
    defaultValue: 120_000,
    defaultNote: '2m',
    fromText: schemas.durationFromText,
  }),
  'health.cpu': setting<number>({
    schema: z.number().min(1).max(100_000),
    type: 'number',
    description:
      'From how much of a core on, in percent, a worker is not healthy. One whose handlers use several threads needs more than 100.',
    expects: 'a number from 1 to 100000; give 95',
    defaultValue: 95,
    fromText: (text) => (text.trim() === '' ? text : Number(text)),
  }),
} satisfies Readonly<Record<string, Setting<number>>>
