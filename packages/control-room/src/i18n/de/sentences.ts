import type { sentences as english } from '../en/sentences.ts'

/** What the server says in finished sentences. */
export const sentences: Readonly<Record<keyof typeof english, string>> = {
  toldToStop: 'ein Befehl hat ihn sofort beendet',
  stationStops: 'die Station endet',
  contactLost: 'seine Station war zu lange ohne Verbindung zum Datenspeicher',
  stayed: 'er endete nicht, als er es sollte',
  left: 'er endete wie angeordnet',
  leftForMemory: 'er hatte zu viel Speicher belegt',
  notStartedSilently: 'er ließ sich nicht starten, und das System nennt keinen Grund',
  notStarted: 'er ließ sich nicht starten: {fault}',
  died: 'er ist abgestürzt ({end})',
  badMessage: 'er schrieb in seinen Kanal, was keine Nachricht ist: {fault}',
  otherProgram:
    'sein Programm hat die Version {its}, das seiner Station {stations}: Das Paket wurde ersetzt, während die Station lief. Starte die Station neu',
  deafHandler: 'der Handler von Job {job} reagierte nicht auf sein Abbruchsignal',
  overdue: 'Job {job} ({type}) endete nicht, als seine Zeit um war',
  overdueCancel: 'Job {job} ({type}) endete nicht, als er abgebrochen wurde',
  crash:
    'Der Worker stürzte ab, während er nur Job {job} ausführte ({end}; Absturz {crashes}). Suche in seinem Handler nach einem Absturz in nativem Code, nach process.exit, einem nicht behandelten Promise-Fehler oder Speichermangel, und wiederhole ihn dann.',
  ranTooLong: 'Job {job} lief länger als sein Zeitlimit von {limit}',
  tooMuchMemory: 'Job {job} brauchte mehr Speicher, als er haben darf',
  cancelledMidway: 'Job {job} wurde abgebrochen, während er lief',
  endSized: '{end}, {size} Speicher',
  endSignal: 'Signal {signal}',
  endCode: 'Exit-Code {code}',
  endUnstartedSilently: 'er ließ sich nicht starten, und das System nennt keinen Grund',
  endUnstarted: 'er ließ sich nicht starten: {fault}',
  noJob: 'Job {job} läuft hier nicht mehr',
  noPool: 'Diese Station hat keinen Pool {pool}',
  noWorker: 'Einen Worker {worker} gibt es hier nicht mehr',
  startPoolsOnly: 'Starten lässt sich nur ein Pool, kein einzelner Worker',
  scalePoolsOnly: 'Eine Anzahl hat nur ein Pool, kein einzelner Worker',
  uncounted: 'Pool {pool} darf nach seiner Konfiguration {min} bis {max} Prozesse haben; im Befehl steht keine Anzahl',
  outOfBounds: 'Pool {pool} darf nach seiner Konfiguration {min} bis {max} Prozesse haben, nicht {processes}',
  ownProcess:
    "Diese Station führt Handler in ihrem eigenen Prozess aus; das geht nur, wenn sie mit Worker-Prozessen gestartet wird: executor 'process'",
  leaseOver: 'die Lease seiner Station ist abgelaufen',
  hasStopped: 'er hat geendet',
  hasFailed: 'er ist gescheitert',
  oldBeat: 'sein letzter Herzschlag ist {age} alt; gesund ist weniger als {span}',
  highCpu: 'er braucht {cpu} eines Kerns; gesund ist weniger als {most}',
}
