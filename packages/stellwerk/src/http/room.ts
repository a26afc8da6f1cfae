import type { ControlRoomOptions } from '../client/control-room-options.ts'
import type { Log } from '../std/log.ts'
import { BulkDesk } from './bulk-desk.ts'
import { LoginGate } from './security/login-gate.ts'
import { Snapshots } from './snapshots.ts'
import { StreamHub } from './stream/stream-hub.ts'

/** What all requests of one mount share, and how it presents itself. */
export interface Room {
  readonly title: string
  /** '' where nobody has said. */
  readonly environment: string
  readonly readOnly: boolean
  /** Tells its cookie from those of other rooms on the same host. */
  readonly cookieName: string
  readonly logins: LoginGate
  readonly streams: StreamHub
  readonly samples: Snapshots
  /** Bulk actions that go on after their request was answered. */
  readonly bulk: BulkDesk
  /** What the mount takes out of payloads and results, beside what is always taken out. */
  readonly redact: ControlRoomOptions['redact']
}

/** What a room is made from. */
export interface RoomParts {
  readonly installationId: string
  readonly log: Log
  readonly options: ControlRoomOptions
}

/** A room without viewers; close its streams and its bulk actions to end it. */
export function createRoom({ installationId, log, options }: RoomParts): Room {
  return {
    title: options.title ?? '',
    environment: options.environment ?? environmentByNode(),
    readOnly: options.readOnly === true,
    cookieName: installationId.replaceAll(/[^0-9a-zA-Z]/g, '').slice(0, 8),
    logins: new LoginGate(options.rateLimits?.loginsPerMinute),
    streams: new StreamHub({ log }),
    samples: new Snapshots(),
    bulk: new BulkDesk(log),
    redact: options.redact,
  }
}

function environmentByNode(): string {
  return process.env['NODE_ENV'] === 'production' ? 'production' : ''
}
