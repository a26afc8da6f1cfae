import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './styles/layers.css'
import './styles/reset.css'
import './styles/tokens.css'
import './styles/words.css'
import { prefetchSession } from './api/use-session.ts'
import { applyAppearance } from './app/appearance.ts'
import { readBoot } from './app/boot.ts'
import { createRoom, takeFirstAnswers } from './app/create-room.ts'
import { preloadPage } from './app/lazy-pages.ts'
import { followAppearance, getPreferences } from './app/preferences.ts'
import { Room } from './app/room.tsx'
import { chooseLanguage, loadMessages } from './i18n/languages.ts'
import { MessagesProvider } from './i18n/messages-context.tsx'

/** Over a slow line what stands around the page comes first. */
const WITHOUT_PAGE_MS = 150

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function start(place: HTMLElement): Promise<void> {
  const boot = readBoot()
  const standard = chooseLanguage(null, boot.language === '' ? navigator.languages : [boot.language])
  const language = getPreferences().language ?? standard
  const parts = createRoom(boot)
  // All that the first page needs, side by side: its file, the messages, and the session where the page does not bring it.
  takeFirstAnswers(parts, boot)
  prefetchSession(parts.queries, parts.api.client)
  const page = preloadPage(location.pathname.slice(boot.basePath.length))
  const messages = await loadMessages(language)
  await Promise.race([page, pause(WITHOUT_PAGE_MS)])
  followAppearance()
  createRoot(place).render(
    <StrictMode>
      <MessagesProvider first={{ language, messages }} standard={standard}>
        <Room basePath={boot.basePath} parts={parts} />
      </MessagesProvider>
    </StrictMode>,
  )
}

// The browser draws nothing before this.
applyAppearance(getPreferences(), document.documentElement)
const place = document.getElementById('room')
if (place !== null) void start(place)
