import { useApi } from '../api/api-context.tsx'
import { useFormat, useMessages } from '../i18n/messages-context.tsx'
import { useNow } from '../ui/clock.ts'

/** For how long nothing has arrived, counted on each second. */
export function StaleSpan() {
  const { live } = useApi()
  const { shell } = useMessages()
  const format = useFormat()
  useNow(1_000)
  const seconds = Math.floor((performance.now() - live.getState().lastAt) / 1_000)
  return shell.live.stale(format.duration(seconds * 1_000))
}
