import type { Messages } from '../messages.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('de')

/** The pages of queues, and the table that the overview shows too. */
export const queues: Messages['queues'] = {
  title: 'Warteschlangen',
  caption: 'Warteschlangen, mit dem, was wartet, läuft und endet',
  back: 'Alle Warteschlangen',
  column: {
    queue: 'Warteschlange',
    status: 'Zustand',
    waiting: 'Wartend',
    oldest: 'Wartet seit',
    processing: 'Läuft',
    throughput: 'Je Minute',
    failures: 'Fehler 1 h',
    p95Wait: 'Warten p95',
    p95Run: 'Lauf p95',
    drain: 'Leer in',
    stations: 'Stationen',
    sparkline: 'Letzte 60 min',
  },
  hint: {
    waiting: 'Wartende Jobs, die jetzt beginnen dürfen',
    throughput: 'Beendete Läufe je Minute, über die letzten fünf vollen Minuten',
    failures: 'Gescheiterte Läufe der letzten Stunde, auch wiederholte',
    drain: 'Beim Tempo der letzten Minuten',
    stations: 'Lebende Stationen, die diese Warteschlange bedienen',
  },
  ended: 'Beendet je Minute',
  endedSentence: (count) =>
    plural(count, { one: '# Lauf endete in der letzten Stunde.', other: '# Läufe endeten in der letzten Stunde.' }),
  total: (count) => plural(count, { one: '# Warteschlange', other: '# Warteschlangen' }),
  empty: 'Noch keine Warteschlange',
  emptyHint: 'Eine Warteschlange erscheint, sobald ein Job in sie aufgegeben wird.',
  oneEmpty: (queue) => `Es gibt keine Warteschlange ${queue}`,
  oneEmptyHint: 'Warteschlangen, die nie einen Job hatten, sind nicht bekannt; Groß- und Kleinschreibung zählt.',
  states: 'Jobs nach Zustand',
  figures: 'Kennzahlen',
  showJobs: 'Jobs zeigen',
  showFailed: 'Fehlschläge zeigen',
  averageWait: 'Mittlere Wartezeit',
  failureRatio: 'Fehlerquote, 5 min',
  stuck: 'Keine lebende Station bedient diese Warteschlange.',
  stuckHint: 'Ihre Jobs warten, bis eine es tut. Starte eine Station, die sie bedient:',
  stuckCommand: (queue) => `npx stellwerk work --queue ${queue}`,
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  pauseOf: (queue) => `${queue} anhalten`,
  resumeOf: (queue) => `${queue} fortsetzen`,
  pauseAsk: (queue) => `Warteschlange ${queue} anhalten?`,
  pauseMeans: (waiting, running) =>
    `Solange wird kein Job aus ihr genommen; aufgeben kann man weiter. Jetzt ${plural(waiting, { one: 'wartet # Job', other: 'warten # Jobs' })}, und ${plural(running, { one: '# laufender läuft', other: '# laufende laufen' })} zu Ende.`,
  pauseFor: 'Wie lange',
  pauseForever: 'Bis jemand fortsetzt',
  reason: 'Grund',
  reasonHint: 'Für alle, die später fragen',
  pausedNow: (queue) => `Warteschlange ${queue} ist angehalten.`,
  resumedNow: (queue) => `Aus Warteschlange ${queue} werden wieder Jobs genommen.`,
  pausedBy: (by) => `Angehalten von ${by}`,
  pausedSince: (span) => `seit ${span}`,
  pausedUntil: (time) => `bis ${time}`,
  pausedForever: 'bis jemand sie fortsetzt',
  unserved: (count, types) =>
    `${plural(count, { one: 'Es warten Jobs eines Typs, den keine lebende Station ausführen kann:', other: 'Es warten Jobs von # Typen, die keine lebende Station ausführen kann:' })} ${types}`,
  unservedHint: 'Starte eine Station, deren Konfiguration diese Definitionen lädt.',
}
