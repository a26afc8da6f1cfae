import type { Messages } from '../messages.ts'

export const filter: Messages['filter'] = {
  label: 'Filter',
  placeholder: 'state:failed queue:emails created:-1h.. oder eine Nummer',
  placeholderFailed: 'queue:emails type:send-email id:17..29 failed:-1h..',
  clear: 'Filter leeren',
  remove: (term: string) => `${term} entfernen`,
  all: 'Alle',
  any: 'Beliebig',
  queue: 'Warteschlange',
  type: 'Typ',
  created: 'Angelegt',
  failed: 'Gescheitert',
  spans: { '-15m': 'Letzte 15 min', '-1h': 'Letzte Stunde', '-24h': 'Letzte 24 h', '-7d': 'Letzte 7 Tage' },
  help: 'So schreibt man Filter',
  helpRows: [
    ['state:failed,retrying', 'in einem dieser Zustände'],
    ['queue:emails', 'aus dieser Warteschlange; queue:"zwei Wörter" braucht Anführungszeichen'],
    ['type:send-email,send-sms', 'von einem dieser Typen'],
    ['created:-1h..', 'in der letzten Stunde angelegt; Einheiten sind s, m, h, d und w'],
    ['created:2027-01-31..2027-02-01', 'vom Beginn des ersten Tages bis zum Beginn des zweiten'],
    ['17', 'der Job mit dieser Nummer oder UUID'],
  ],
  helpFailedRows: [
    ['queue:emails', 'aus dieser Warteschlange; queue:"zwei Wörter" braucht Anführungszeichen'],
    ['type:send-email', 'von diesem Typ'],
    ['id:17..29', 'von der ersten Nummer bis zur letzten, beide eingeschlossen'],
    ['failed:-1h..', 'in der letzten Stunde gescheitert; Einheiten sind s, m, h, d und w'],
  ],
  problem: {
    unknown_key: (text: string, keys: string) =>
      `„${text}“ ist nichts, wonach sich diese Liste filtern lässt. Sie kennt ${keys}.`,
    unknown_state: (text: string, states: string) => `„${text}“ ist kein Zustand. Zustände sind ${states}.`,
    bad_time: (text: string) => `„${text}“ ist kein Zeitraum. Schreib -1h.. oder 2027-01-31..2027-02-01.`,
    bad_id: (text: string) => `„${text}“ ist keine Nummer und kein Nummernbereich. Schreib 17 oder 17..29.`,
    one_value: (text: string) => `„${text}“: Hier ist nur ein Wert möglich.`,
    twice: (text: string) => `„${text}“ steht zweimal da; das erste gilt.`,
    no_value: (text: string) => `„${text}:“ hat keinen Wert.`,
    too_long: (text: string) => `„${text}“ ist zu lang: höchstens 200 Zeichen.`,
  },
  suggestion: (word: string) => `Meintest du ${word}?`,
}
