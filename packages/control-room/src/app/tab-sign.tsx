import { useEffect } from 'react'
import { overviewTopic } from '../api/live/topics.ts'
import { useLive } from '../api/live/use-live.ts'
import { useSession } from '../api/use-session.ts'
import { useMessages } from '../i18n/messages-context.tsx'
import type { VerdictState } from '../ui/verdict-state.ts'
import { setTabSides } from './tab-title.ts'

/** The solid colours of the light theme: a tab has no theme of ours. */
const colours: Readonly<Record<VerdictState | 'unknown', string>> = {
  quiet: '#1f9d4d',
  attention: '#b7860b',
  degraded: '#e06a0b',
  down: '#dc2b30',
  unknown: '#7a8493',
}

function markWith(colour: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" fill="none" stroke="#6366f1" stroke-width="2.5" stroke-linecap="round"><path d="M5.5 18V2M5.5 14.5c0-4.5 9-3.5 9-7.5"/><circle cx="14.5" cy="5" r="4.5" fill="${colour}" stroke="none"/></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** Carries the verdict into title and icon of the tab, on every page. Draws nothing. */
export function TabSign() {
  const { states, verdict } = useMessages()
  const { title, environment } = useSession()
  const { data, staleSince } = useLive(overviewTopic)
  const state = data === undefined || staleSince !== null ? 'unknown' : data.verdict.state
  const reasons = data?.verdict.reasons.length ?? 0
  useEffect(() => {
    const isLoud = state !== 'unknown' && state !== 'quiet'
    setTabSides({
      verdict: isLoud ? verdict.title(reasons, states.verdict[state]) : '',
      room: [title === '' ? 'Stellwerk' : title, environment].filter((part) => part !== '').join(' '),
    })
    document.querySelector('link[rel="icon"]')?.setAttribute('href', markWith(colours[state]))
  }, [state, reasons, title, environment, states, verdict])
  return null
}
