import { createSocket } from 'node:dgram'
import { hostname } from 'node:os'
import type { LogFormat } from './format-entry.ts'
import type { LogSink } from './log-entry.ts'
import type { WriteLine } from './stream-sink.ts'
import { type Facility, octetCounted, type SyslogSender, syslogMessage } from './syslog-frame.ts'
import { SyslogStream } from './syslog-stream.ts'

/** Where messages go. */
export interface SyslogOptions {
  /** `udp://host:514` or `tcp://host:601`. */
  readonly address: string
  readonly facility: Facility
  readonly format: LogFormat
  /** Told once per outage. */
  readonly note: WriteLine
}

/** Ports of RFC 5426 and RFC 6587. */
const defaultPorts = { 'udp:': 514, 'tcp:': 601 } as const

/** Messages of RFC 5424, one datagram each (RFC 5426) or counted in a stream (RFC 6587). Node opens no datagram socket of the local machine such as /dev/log, so the receiver listens on the loopback. */
export function createSyslogSink({ address, facility, format, note }: SyslogOptions): LogSink {
  const { protocol, hostname: host, port } = new URL(address)
  const sender: SyslogSender = { facility, format, hostname: hostname(), pid: process.pid }
  const name = host.replace(/^\[(.*)\]$/, '$1')
  if (protocol === 'tcp:') {
    const stream = new SyslogStream({ host: name, port: Number(port || defaultPorts['tcp:']), address, note })
    return {
      write: (entry) => stream.send(octetCounted(syslogMessage(entry, sender))),
      close: () => stream.close(),
    }
  }
  return datagrams({ host: name, port: Number(port || defaultPorts['udp:']), address, note }, sender)
}

interface Receiver {
  readonly host: string
  readonly port: number
  readonly address: string
  readonly note: WriteLine
}

function datagrams({ host, port, address, note }: Receiver, sender: SyslogSender): LogSink {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  let isAway = false
  let open = 0
  let onSent = (): void => {}
  const failed = (error: Error): void => {
    if (!isAway) note(`stellwerk: log lines do not reach ${address}: ${error.message}\n`)
    isAway = true
  }
  socket.on('error', failed)
  socket.unref()
  let closed: Promise<void> | undefined
  return {
    write: (entry) => {
      if (closed !== undefined) return
      open++
      socket.send(syslogMessage(entry, sender), port, host, (error) => {
        open--
        if (error !== null) failed(error)
        else isAway = false
        if (open === 0) onSent()
      })
    },
    close: () => {
      closed ??= new Promise((resolve) => {
        onSent = () => socket.close(() => resolve())
        if (open === 0) onSent()
      })
      return closed
    },
  }
}
