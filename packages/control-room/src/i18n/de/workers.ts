import type { workers as english } from '../en/workers.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('de')
const workerCount = (count: number) => plural(count, { one: '# Worker', other: '# Worker' })
const jobCount = (count: number) => plural(count, { one: '# Job', other: '# Jobs' })
const goOn = (running: number) =>
  running === 0
    ? ''
    : plural(running, { one: ' # laufender Job läuft zu Ende.', other: ' # laufende Jobs laufen zu Ende.' })
const brokenOff = (running: number) =>
  running === 0
    ? ' Gerade läuft nichts.'
    : plural(running, {
        one: ' # laufender Job wird abgerissen und kommt zurück in seine Warteschlange.',
        other: ' # laufende Jobs werden abgerissen und kommen zurück in ihre Warteschlangen.',
      })
const take = (count: number) => `${workerCount(count)} ${count === 1 ? 'nimmt' : 'nehmen'}`

/** The pages of workers. */
export const workers: typeof english = {
  title: 'Worker',
  back: 'Alle Worker',
  caption: (group) => `Worker von ${group}`,
  by: { title: 'Gruppiert nach', pool: 'Pool', machine: 'Rechner' },
  form: { title: 'Gezeigt als', table: 'Tabelle', grid: 'Raster' },
  column: {
    status: 'Zustand',
    worker: 'Worker',
    jobs: 'Jobs jetzt',
    cpu: 'CPU',
    memory: 'Speicher',
    lag: 'Event-Loop-Verzug',
    beat: 'Herzschlag',
    pace: 'Je Minute',
    restarts: 'Neustarts',
    version: 'Version',
  },
  hint: {
    cpu: 'Eines Kerns',
    memory: 'Der letzten fünf Minuten; der obere Rand der Linie ist die Grenze',
    lag: 'Wie sehr sich sein Event-Loop höchstens verspätet hat',
    pace: 'Beendete Läufe der letzten fünf Minuten',
    restarts: 'Seines Platzes im Pool',
  },
  statistics: {
    region: 'Alle Worker in Zahlen',
    alive: 'am Leben',
    pace: 'Durchsatz',
    meanRun: (span) => `Ø ${span} je Lauf`,
    failed: (ratio) => `${ratio} gescheitert`,
    failedOfLate: (ratio) => `${ratio} gescheitert, 5\u00a0min`,
    slots: 'Jobs jetzt',
    of: (capacity) => `von ${capacity}`,
    done: (done, failed) => `${done}\u00a0erledigt, ${failed}\u00a0gescheitert`,
    memory: 'Speicher und CPU',
    cpu: (percent) => `CPU ${percent} eines Kerns`,
    none: 'keiner',
  },
  some: {
    active: (count) => `${count}\u00a0aktiv`,
    idle: (count) => `${count}\u00a0frei`,
    starting: (count) => `${count}\u00a0im Start`,
    paused: (count) => `${count}\u00a0angehalten`,
    draining: (count) => plural(count, { one: '#\u00a0läuft aus', other: '#\u00a0laufen aus' }),
    failed: (count) => `${count}\u00a0gescheitert`,
    lost: (count) => `${count}\u00a0verloren`,
    stopped: (count) => `${count}\u00a0beendet`,
  },
  ailments: {
    lost: 'seine Station ist verloren',
    ended: 'er hat geendet',
    heartbeat_old: 'Herzschlag zu alt',
    cpu_high: 'CPU zu hoch',
  },
  healthy: 'Gesund',
  asOf: (time) => `Stand\u00a0${time}`,
  pid: (pid) => `Prozess ${pid}`,
  version: (version) => `Version ${version}`,
  limit: (limit) => `von ${limit}`,
  memoryLine: (id) => `Speicher von ${id} in den letzten Minuten`,
  slots: (running, capacity) => `${running} von ${capacity} Plätzen belegt`,
  moreJobs: (count) => plural(count, { one: 'und # weiterer', other: 'und # weitere' }),
  processes: (wanted, min, max) =>
    `${plural(wanted, { one: '# Prozess', other: '# Prozesse' })}${min === max ? '' : ` · ${min} bis ${max} erlaubt`}`,
  stoppedPool: (min, max) => `beendet · ${min === max ? max : `${min} bis ${max}`} erlaubt`,
  inline: 'läuft in seiner Station',
  noWorkers: 'Hier läuft kein Worker.',
  reportsNone: 'Diese Station meldet keine Worker: sie hat eine ältere Version.',
  total: (count) => workerCount(count),
  showAll: (count) => `Alle ${count} Worker zeigen`,
  past: 'Beendete Stationen',
  showPast: (count) => plural(count, { one: '# beendete Station zeigen', other: '# beendete Stationen zeigen' }),
  hidePast: 'Beendete Stationen verbergen',
  empty: 'Noch kein Worker hat sich gemeldet',
  emptyHint:
    'Worker führen deine Jobs aus. Starte eine Station im Ordner deiner Konfiguration; sie startet ihre Worker:',
  command: 'npx stellwerk work',
  unfed: (queues) => `Noch nie ein Job für: ${queues} (von einem Pool genannt; Tippfehler?)`,
  missing: (id) => `Es gibt keinen Worker ${id}`,
  missingHint:
    'Worker beendeter Stationen sind noch einen Tag zu sehen. Ein neu gestarteter Worker hat eine neue Kennung.',
  gone: 'Diesen Worker gibt es nicht mehr.',
  goneHint: 'Zu sehen ist, was er zuletzt gesagt hat.',
  running: 'Jobs jetzt',
  runningNone: 'Gerade läuft bei ihm nichts.',
  runningLost: 'Er ist verloren: Was bei ihm lief, kommt zurück in seine Warteschlange.',
  runningHidden: (count) => `${jobCount(count)}, die deine Rolle nicht sehen darf.`,
  runningFirst: (shown, all) => `${shown} von ${all}`,
  job: 'Job',
  queue: 'Warteschlange',
  since: 'Läuft seit',
  facts: {
    title: 'Angaben',
    pool: 'Pool',
    machine: 'Rechner',
    station: 'Station',
    process: 'Prozess',
    queues: 'Warteschlangen',
    types: 'Jobtypen',
    started: 'Gestartet',
    uptime: 'Laufzeit',
    beat: 'Herzschlag',
    version: 'Version',
    errors: 'Fehlerquote, 5\u00a0min',
    bytesIn: 'Empfangen',
    bytesOut: 'Gesendet',
    restarts: 'Neustarts',
    lastExit: 'Sein Vorgänger',
    all: 'Alle',
  },
  exitOf: (reason, code, signal) =>
    `${reason}${code === null ? '' : ` (Exit-Code ${code})`}${signal === null ? '' : ` (${signal})`}`,
  orders: {
    title: 'Befehle',
    note: 'Letzte 24 Stunden, neueste zuerst',
    none: 'Keine Befehle in den letzten 24 Stunden.',
    toAll: 'Befehle an alle',
    more: (target) => `Befehle für ${target}`,
    kind: {
      start: 'Starten',
      stop: 'Beenden',
      stop_now: 'Sofort beenden',
      restart: 'Neu starten',
      pause: 'Anhalten',
      resume: 'Fortsetzen',
      scale: 'Anzahl ändern',
      cancel_job: 'Job abbrechen',
    },
    state: { pending: 'Steht aus', done: 'Erledigt', refused: 'Abgelehnt', expired: 'Verfallen' },
    ordered: {
      start: 'Start befohlen',
      stop: 'Beenden befohlen',
      stop_now: 'Sofort beenden befohlen',
      restart: 'Neustart befohlen',
      pause: 'Anhalten befohlen',
      resume: 'Fortsetzen befohlen',
      scale: 'Andere Anzahl befohlen',
      cancel_job: 'Job abbrechen befohlen',
    },
    cancelling: 'wird abgebrochen',
    by: (name) => `von ${name}`,
    answer: 'Antwort der Station:',
    expired: 'Niemand hat rechtzeitig geantwortet.',
    answered: (kind, target) => `${kind}: erledigt für ${target}.`,
    refused: (kind, target) => `${kind} wurde für ${target} abgelehnt:`,
    given: (count) =>
      plural(count, {
        one: '# Station ist benachrichtigt. Sie antwortet gleich.',
        other: '# Stationen sind benachrichtigt. Sie antworten gleich.',
      }),
    target: {
      worker: (id) => `Worker ${id}`,
      pool: (name) => `Pool ${name}`,
      poolOf: (name, machine) => `Pool ${name} auf ${machine}`,
      station: (machine) => `Station auf ${machine}`,
      all: 'alle Worker',
      job: (id) => `Job ${id}`,
    },
    told: {
      start: (target, processes) =>
        processes === null
          ? `${target} starten`
          : `${target} mit ${plural(processes, { one: '# Prozess', other: '# Prozessen' })} starten`,
      stop: (target) => `${target} beenden`,
      stop_now: (target) => `${target} sofort beenden`,
      restart: (target) => `${target} neu starten`,
      pause: (target) => `${target} anhalten`,
      resume: (target) => `${target} fortsetzen`,
      scale: (target, processes) =>
        `${target}: auf ${plural(processes ?? 0, { one: '# Prozess', other: '# Prozesse' })}`,
      cancel_job: (target) => `${target} abbrechen`,
    },
    ask: {
      start: (target) => `Starten: ${target}?`,
      stop: (target) => `Beenden: ${target}?`,
      stop_now: (target) => `Sofort beenden: ${target}?`,
      restart: (target) => `Neu starten: ${target}?`,
      pause: (target) => `Anhalten: ${target}?`,
      resume: (target) => `Fortsetzen: ${target}?`,
      scale: (target) => `Anzahl ändern: ${target}`,
    },
    means: {
      start: () => 'Es starten so viele Prozesse, wie du sagst, im Rahmen der Konfiguration ihres Rechners.',
      stop: (count, running) =>
        `${take(count)} keine Jobs mehr an und ${count === 1 ? 'läuft' : 'laufen'} aus; ersetzt wird erst wieder, wenn jemand den Pool startet oder seine Anzahl ändert.${goOn(running)}`,
      stop_now: (count, running) =>
        `${workerCount(count)} ${count === 1 ? 'endet' : 'enden'} sofort; ersetzt wird erst wieder, wenn jemand den Pool startet oder seine Anzahl ändert.${brokenOff(running)}`,
      stopStation: (count, running) =>
        `Die Station selbst endet mit ${workerCount(count)}: Starten lässt sie sich dann nur auf ihrem Rechner, nicht von hier.${goOn(running)}`,
      stopStationNow: (count, running) =>
        `Die Station selbst endet sofort mit ${workerCount(count)}: Starten lässt sie sich dann nur auf ihrem Rechner, nicht von hier.${brokenOff(running)}`,
      restart: (count, running) => `Für ${workerCount(count)} tritt ein neuer Prozess an.${goOn(running)}`,
      pause: (count, running) => `${take(count)} keine Jobs an, bis jemand fortsetzt.${goOn(running)}`,
      resume: (count) => `${take(count)} wieder Jobs an.`,
      scale: () => 'Weitere Prozesse starten, oder die überzähligen beenden, was sie tun, und laufen aus.',
    },
    processes: 'Prozesse',
    processesHint: (min, max, stations) =>
      `${min} bis ${max}, wie die Konfiguration erlaubt${stations > 1 ? plural(stations, { one: '', other: '; auf jedem von # Rechnern' }) : ''}`,
    processesWrong: (min, max) => `Gib eine ganze Zahl von ${min} bis ${max} ein.`,
  },
}
