import type { Messages } from '../messages.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('de')

export const jobs: Messages['jobs'] = {
  title: 'Jobs',
  caption: 'Jobs, neueste zuerst',
  states: 'Zustände',
  column: {
    select: 'Auswahl',
    id: 'Nr.',
    type: 'Typ',
    queue: 'Warteschlange',
    status: 'Zustand',
    created: 'Angelegt',
    started: 'Begonnen',
    finished: 'Beendet',
    duration: 'Dauer',
    attempts: 'Versuche',
    station: 'Station',
    actions: 'Aktionen',
  },
  /** The queue of a job in a list, with the one that a dead letter came from. */
  keptIn: (queue: string, origin: string) => `${queue} (aus ${origin})`,
  attempts: (attempt: number, tries: number) => `${attempt} von ${tries}`,
  selectAll: 'Alle auf dieser Seite auswählen',
  selectRow: (id: string) => `Job ${id} auswählen`,
  open: (id: string) => `Job ${id}`,
  fresh: (count: number) => plural(count, { one: '# neuer Job', other: '# neue Jobs' }),
  freshMany: (count: number) => `${count}+ neue Jobs`,
  left: 'Passt nicht mehr zum Filter',
  retried: (id: string) => `Job ${id} ist zurück in seiner Warteschlange.`,
  newest: 'Neueste',
  newer: 'Neuere',
  older: 'Ältere',
  paging: 'Seiten der Liste',
  shown: (count: number) => plural(count, { one: '# Job gezeigt', other: '# Jobs gezeigt' }),
  scanned: (count: string) => `Nur die neuesten ${count} Jobs jeder Art wurden durchgesehen.`,
  searchOn: 'Weiter zurück suchen',
  empty: 'Noch kein Job',
  emptyHint:
    'Jobs erscheinen hier, sobald einer eingereiht wird: von deiner Anwendung, der Kommandozeile oder dieser Seite.',
  noMatch: 'Kein Job passt',
  noMatchHint: 'Lass einen Teil des Filters weg oder leere ihn.',
  pageEmpty: 'Weiter zurück ist nichts',
  selected: (count: number) => plural(count, { one: '# Job ausgewählt', other: '# Jobs ausgewählt' }),
  selection: 'Ausgewählte Jobs',
  clearSelection: 'Auswahl aufheben',
  key: {
    range: 'Bereich auswählen',
    act: 'Alle auf dieser Seite',
    retry: 'Wiederholen',
    clear: 'Auswahl aufheben',
  },
}
