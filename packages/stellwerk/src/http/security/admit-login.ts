import { StellwerkError } from '../../domain/errors.ts'
import { addressKey } from './client-address.ts'
import type { LoginGate } from './login-gate.ts'

/** Lets one attempt to log in go on. @throws RATE_LIMITED */
export function admitLogin(logins: LoginGate, ip: string | null): void {
  const { allowed, retryAfterMs } = logins.attempt(addressKey(ip))
  if (!allowed) throw tooMany('logins from this address', retryAfterMs)
}

/** The refusal of a client that asks too often. */
export function tooMany(what: string, retryAfterMs: number): StellwerkError {
  const retryAfterSeconds = Math.max(1, Math.ceil(retryAfterMs / 1_000))
  return new StellwerkError('RATE_LIMITED', `too many ${what}; try again in ${retryAfterSeconds} s`, {
    details: { retryAfterSeconds },
  })
}
