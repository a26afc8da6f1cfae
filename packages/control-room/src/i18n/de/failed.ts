import type { Messages } from '../messages.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('de')

export const failed: Messages['failed'] = {
  title: 'Fehlschläge',
  caption: 'Gescheiterte Jobs, neueste zuerst',
  column: {
    id: 'Nr.',
    type: 'Typ',
    queue: 'Warteschlange',
    error: 'Fehler',
    failedAt: 'Gescheitert',
    attempts: 'Versuche',
    actions: 'Aktionen',
  },
  total: (count: number) => plural(count, { one: '# gescheiterter Job', other: '# gescheiterte Jobs' }),
  totalMatching: (count: number) =>
    plural(count, { one: '# gescheiterter Job passt', other: '# gescheiterte Jobs passen' }),
  totalMany: (count: string) => `mehr als ${count} gescheiterte Jobs`,
  empty: 'Keine gescheiterten Jobs',
  emptyHint:
    'Alles läuft rund. Ein Job kommt hierher, wenn sein letzter Versuch gescheitert ist, und bleibt, bis du ihn wiederholst oder löschst.',
  noMatch: 'Kein gescheiterter Job passt',
  allMatching: 'Alle passenden',
  bulk: {
    title: 'Im Server unterwegs',
    retry: {
      running: (changed, matched, by) => `Wird wiederholt: ${changed} von ${matched}, angeordnet von ${by}`,
      done: (changed, by) => `${changed} wiederholt, angeordnet von ${by}`,
      part: (changed, matched, by) => `${changed} von ${matched} wiederholt, angeordnet von ${by}`,
    },
    delete: {
      running: (changed, matched, by) => `Wird gelöscht: ${changed} von ${matched}, angeordnet von ${by}`,
      done: (changed, by) => `${changed} gelöscht, angeordnet von ${by}`,
      part: (changed, matched, by) => `${changed} von ${matched} gelöscht, angeordnet von ${by}`,
    },
    stopped: (why) => `Vorzeitig beendet: ${why} Was geändert ist, bleibt; für den Rest noch einmal anordnen.`,
    reason: {
      CLOSED: 'Der Server wurde angehalten.',
      PERMISSION_DENIED: 'Das Recht dazu wurde entzogen.',
    },
    failed: 'Der Server konnte nicht weitermachen.',
    hide: 'Ausblenden',
  },
  bulkBlocked: 'Berichtige erst den Filter: Ein Teil davon ist nicht zu verstehen.',
}
