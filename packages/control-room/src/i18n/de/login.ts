import type { Messages } from '../messages.ts'

/** The page that turns a token into a session. */
export const login: Messages['login'] = {
  title: 'Bei Stellwerk anmelden',
  text: 'Füge ein Token ein. Es wird gegen eine Sitzung dieses Browsers getauscht und hier nicht aufbewahrt.',
  label: 'Token',
  show: 'Zeigen',
  hide: 'Verbergen',
  submit: 'Anmelden',
  submitting: 'Wird angemeldet',
  wrong: 'Dieses Token gilt nicht: vertippt, abgelaufen oder widerrufen.',
  malformed: 'Ein Token beginnt mit stw_ und hat 47 Zeichen.',
  limited: 'Zu viele Versuche. Warte eine Minute und versuche es dann noch einmal.',
  expiredLink:
    'Dieser Link wurde schon benutzt oder ist älter als zehn Minuten. Hol dir einen neuen, oder füge ein Token ein.',
  help: 'Woher bekomme ich ein Token?',
  helpText: 'Wer den Server betreibt, erzeugt es mit diesem Befehl. Die Rolle sagt, was damit erlaubt ist:',
  command: 'npx stellwerk token create mein-name --role operator',
  helpDev: 'In der Entwicklung gibt stellwerk dev einen Link aus, der dich anmeldet.',
}
