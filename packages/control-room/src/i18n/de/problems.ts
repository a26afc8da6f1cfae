import type { Messages } from '../messages.ts'

/** What went wrong, by the code of the interface. */
export const problems: Messages['problems'] = {
  title: 'Das hat nicht geklappt',
  panel: 'Diese Zahlen konnten nicht geladen werden.',
  requestId: (id) => `Anfrage ${id}`,
  unknown: 'Der Server hat mit einem Fehler geantwortet.',
  codes: {
    NETWORK: 'Der Server antwortet nicht.',
    UNAUTHENTICATED: 'Du bist nicht angemeldet, oder deine Sitzung ist zu Ende.',
    PERMISSION_DENIED: 'Deine Rolle erlaubt das nicht.',
    JOB_NOT_FOUND: 'Diesen Job gibt es nicht. Vielleicht wurde er gelöscht, oder seine Aufbewahrung ist abgelaufen.',
    JOB_NOT_RETRYABLE: 'In seinem jetzigen Zustand kann dieser Job nicht wiederholt werden.',
    JOB_NOT_ARCHIVABLE: 'In seinem jetzigen Zustand kann dieser Job nicht archiviert werden.',
    JOB_NOT_ARCHIVED: 'Dieser Job ist nicht archiviert.',
    JOB_NOT_WAITING: 'Dieser Job wartet nicht mehr.',
    JOB_PROCESSING: 'Dieser Job läuft. Warte, bis er zu Ende ist.',
    QUEUE_NOT_FOUND: 'Diese Warteschlange gibt es nicht.',
    WORKER_NOT_FOUND: 'Diesen Worker gibt es nicht mehr.',
    POOL_NOT_FOUND: 'Keine lebende Station hat einen solchen Pool.',
    STATION_NOT_FOUND: 'Keine solche Station lebt.',
    STORE_UNREACHABLE: 'Der Datenspeicher antwortet nicht.',
    STORE_BUSY: 'Der Datenspeicher ist beschäftigt. Versuche es gleich noch einmal.',
    STORE_FULL: 'Der Datenträger des Datenspeichers ist voll.',
    RATE_LIMITED: 'Zu viele Anfragen. Versuche es gleich noch einmal.',
    CURSOR_INVALID: 'Diese Seite der Liste hat keine Adresse mehr. Beginne wieder mit der ersten Seite.',
    PARAMETER_INVALID: 'In der Adresse steht ein Wert, den der Server nicht versteht.',
    CROSS_SITE_REFUSED:
      'Der Server nimmt Änderungen nur von seiner eigenen Seite an. Öffne die Oberfläche unter ihrer eigenen Adresse.',
    HOST_NOT_ALLOWED:
      'Der Server kennt sich unter dieser Adresse nicht. Trage den Namen des Rechners in seine Einstellungen ein.',
    INTERNAL: 'Der Server ist gescheitert. Die Nummer der Anfrage steht in seinem Protokoll.',
  },
  told: {
    PAYLOAD_INVALID: 'Die Nutzdaten passen nicht zum Jobtyp.',
    PAYLOAD_NOT_JSON: 'Die Nutzdaten sind kein JSON.',
    PAYLOAD_TOO_LARGE: 'Die Nutzdaten sind zu groß.',
    JOB_TYPE_UNKNOWN: 'Diesen Jobtyp kennt der Server nicht.',
    OPTION_INVALID: 'Ein Wert ist nicht erlaubt.',
    ORDER_REFUSED: 'Dieser Befehl ist nicht möglich.',
    BODY_INVALID: 'Der Server versteht die Anfrage nicht.',
  },
}
