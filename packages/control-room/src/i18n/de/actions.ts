import type { Messages } from '../messages.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('de')
const jobs = (count: number) => plural(count, { one: '# Job', other: '# Jobs' })
const are = (count: number, done: string) => `${jobs(count)} ${count === 1 ? 'wird' : 'werden'} ${done}.`
const were = (count: number, done: string) => `${jobs(count)} ${done}.`

export const actions: Messages['actions'] = {
  retry: 'Wiederholen',
  cancel: 'Job abbrechen',
  delete: 'Löschen',
  prioritize: 'Priorität',
  archive: 'Archivieren',
  release: 'Aus dem Archiv freigeben',
  retryAll: 'Alle wiederholen',
  deleteAll: 'Alle löschen',
  more: 'Mehr',
  title: {
    retry: (count: number) => `${jobs(count)} wiederholen?`,
    cancel: (count: number) => `${jobs(count)} abbrechen?`,
    delete: (count: number) => `${jobs(count)} löschen?`,
    prioritize: (count: number) => `Priorität von ${jobs(count)} ändern`,
    archive: (count: number) => `${jobs(count)} archivieren?`,
    release: (count: number) => `${jobs(count)} aus dem Archiv freigeben?`,
  },
  means: {
    retry: (count: number) =>
      plural(count, {
        one: 'Er kommt zurück in seine Warteschlange, sofort fällig und mit allen Versuchen von vorn. Seine Geschichte bleibt.',
        other:
          'Sie kommen zurück in ihre Warteschlangen, sofort fällig und mit allen Versuchen von vorn. Ihre Geschichte bleibt.',
      }),
    cancel: (count: number) =>
      plural(count, {
        one: 'Er läuft nicht mehr; läuft er schon, wird er abgebrochen. Ein abgebrochener Job kann später wiederholt werden.',
        other:
          'Sie laufen nicht mehr; die schon laufen, werden abgebrochen. Ein abgebrochener Job kann später wiederholt werden.',
      }),
    delete: (count: number) =>
      plural(count, {
        one: 'Er ist endgültig weg, mit Nutzdaten, Versuchen und Protokoll.',
        other: 'Sie sind endgültig weg, mit Nutzdaten, Versuchen und Protokoll.',
      }),
    prioritize: () => 'Höhere zuerst, innerhalb einer Warteschlange.',
    archive: (count: number) =>
      plural(count, {
        one: 'Er wird ganz aufbewahrt, mit Nutzdaten, Versuchen und Protokoll, bis ihn jemand freigibt.',
        other: 'Sie werden ganz aufbewahrt, mit Nutzdaten, Versuchen und Protokoll, bis sie jemand freigibt.',
      }),
    release: (count: number) =>
      plural(count, {
        one: 'Für ihn gilt wieder die Aufbewahrungsfrist, gerechnet von seinem Ende an: Ist sie um, geht er bald.',
        other:
          'Für sie gilt wieder die Aufbewahrungsfrist, gerechnet von ihrem Ende an: Wo sie um ist, gehen sie bald.',
      }),
  },
  meansRunning:
    'Er läuft: Seine Station bricht sein Signal ab. Wer darauf nicht rechtzeitig hört, wird mit seinem Prozess beendet; Nachbarn kommen mit unverbrauchtem Versuch zurück in ihre Warteschlange.',
  toldToCancel: 'Seine Station ist benachrichtigt, ihn abzubrechen.',
  priority: 'Priorität',
  priorityHint: '-100 bis 100; low ist -10, normal 0, high 10, critical 20',
  priorityWrong: 'Gib eine ganze Zahl von -100 bis 100 ein.',
  counting: 'Es wird gezählt, was sich ändern würde',
  willChange: {
    retry: (count: number) => are(count, 'wiederholt'),
    cancel: (count: number) => are(count, 'abgebrochen'),
    delete: (count: number) => are(count, 'gelöscht'),
    prioritize: (count: number) => are(count, 'geändert'),
    archive: (count: number) => are(count, 'archiviert'),
    release: (count: number) => are(count, 'freigegeben'),
  },
  changed: {
    retry: (count: number) => were(count, 'wiederholt'),
    cancel: (count: number) => were(count, 'abgebrochen'),
    delete: (count: number) => were(count, 'gelöscht'),
    prioritize: (count: number) => were(count, 'geändert'),
    archive: (count: number) => were(count, 'archiviert'),
    release: (count: number) => were(count, 'freigegeben'),
  },
  goesOn: (count: number) => `${jobs(count)}: Der Server macht weiter, auch wenn du gehst.`,
  nothing: 'Keiner von ihnen kann jetzt geändert werden.',
  refused: (count: number) =>
    plural(count, { one: '# Job bleibt, wie er ist:', other: '# Jobs bleiben, wie sie sind:' }),
  refusedWas: (count: number) =>
    plural(count, { one: '# Job blieb, wie er war:', other: '# Jobs blieben, wie sie waren:' }),
  refusedMore: (count: number) => plural(count, { one: 'und # weiterer', other: 'und # weitere' }),
  reason: {
    JOB_NOT_FOUND: 'nicht mehr da',
    JOB_NOT_RETRYABLE: 'in diesem Zustand nicht zu wiederholen',
    JOB_NOT_WAITING: 'wartet nicht',
    JOB_PROCESSING: 'läuft gerade',
    JOB_NOT_ARCHIVABLE: 'nicht abgeschlossen oder abgebrochen, oder schon archiviert',
    JOB_NOT_ARCHIVED: 'nicht archiviert',
    PERMISSION_DENIED: 'für deine Rolle nicht erlaubt',
  },
  typeToConfirm: (text: string) => `Dies ist die Produktion. Tippe zur Bestätigung ${text}.`,
  confirm: {
    retry: (count: number) => `${jobs(count)} wiederholen`,
    cancel: (count: number) => `${jobs(count)} abbrechen`,
    delete: (count: number) => `${jobs(count)} löschen`,
    prioritize: (count: number) => `${jobs(count)} ändern`,
    archive: (count: number) => `${jobs(count)} archivieren`,
    release: (count: number) => `${jobs(count)} freigeben`,
  },
  working: 'In Arbeit',
  back: 'Lieber nicht',
  done: 'Fertig',
  notAllowed: (permission: string) => `Deiner Rolle fehlt die Berechtigung ${permission}.`,
}
