import type { Messages } from '../messages.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('de')

/** The first page. */
export const overview: Messages['overview'] = {
  title: 'Übersicht',
  vitals: {
    region: 'Wichtigste Zahlen',
    oldestWait: 'Längste Wartezeit',
    nothingWaits: 'Nichts wartet',
    waiting: (count) => plural(count, { one: '# Job wartet', other: '# Jobs warten' }),
    throughput: 'Durchsatz',
    perMinute: '/min',
    running: (processing, capacity) => `${processing} von ${capacity} Plätzen belegt`,
    failureRate: 'Fehlerquote, 5 min',
    failedHour: (count) =>
      plural(count, { one: '# Fehlschlag in der letzten Stunde', other: '# Fehlschläge in der letzten Stunde' }),
    nothingEnded: 'Nichts ist zu Ende gegangen',
    stations: 'Stationen',
    alive: 'am Leben',
    lost: (count) => plural(count, { one: '# verloren', other: '# verloren' }),
    noneLost: 'Keine verloren',
    waitP95: 'Wartezeit p95 je Minute, letzte Stunde',
    ended: 'Beendete Läufe je Minute, letzte Stunde',
    failed: 'Gescheiterte Läufe je Minute, letzte Stunde',
  },
  chart: {
    title: 'Durchsatz',
    completed: 'Erledigt',
    failed: 'Gescheitert',
    note: 'Je Minute',
    lastHour: 'der letzten Stunde',
    caption: (ended, failed, span) =>
      `${plural(ended, { one: '# Lauf endete', other: '# Läufe endeten' })} in ${span}, ${failed === 0 ? 'keiner scheiterte' : plural(failed, { one: '# scheiterte', other: '# scheiterten' })}.`,
    peak: (count, time) => `Die meisten in einem Schritt: ${count} um ${time}.`,
    empty: (span) => `In ${span} ging nichts zu Ende.`,
    cursor: (time, completed, failed) => `${time}: ${completed} erledigt, ${failed} gescheitert`,
    keys: 'Zeitpunkt. Die Pfeiltasten bewegen ihn.',
    showTable: 'Als Tabelle',
    showChart: 'Als Diagramm',
    time: 'Zeit',
  },
  states: { title: 'Jobs jetzt' },
  queues: { title: 'Warteschlangen', all: 'Alle Warteschlangen', note: 'Schlimmste zuerst' },
  running: {
    title: 'Läuft gerade',
    note: 'Längste zuerst',
    empty: 'Es läuft kein Job.',
    for: 'Läuft seit',
    progress: 'Fortschritt',
    job: 'Job',
    queue: 'Warteschlange',
  },
  failures: {
    title: 'Neueste Fehlschläge',
    all: 'Alle Fehlschläge',
    empty: 'Keine gescheiterten Jobs. Alles läuft rund.',
    job: 'Job',
    error: 'Fehler',
    when: 'Wann',
  },
  first: {
    title: 'Dein Stellwerk ist bereit',
    text: 'Drei Schritte, dann rollen die Züge. Jeder hakt sich selbst ab.',
    define: 'Einen Job definieren',
    defineText: 'npx stellwerk init schreibt diese Datei, oder du schreibst sie selbst:',
    start: 'Eine Station starten',
    startText: 'Sie führt deine Jobs aus. Mit dev beginnt sie neu, sobald sich eine Datei ändert.',
    dispatch: 'Den ersten Job aufgeben',
    dispatchText: 'Von der Kommandozeile oder aus deinem Code:',
    done: 'erledigt',
    open: 'offen',
  },
}
