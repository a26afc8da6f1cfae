import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { useApi } from '../api/api-context.tsx'
import { type PageLink, pageLinks } from './page-links.ts'
import { setPreferences } from './preferences.ts'
import { shortcuts } from './shortcuts.ts'
import { openShortcutsHelp } from './shortcuts-help-state.ts'
import { useShortcut } from './use-shortcut.ts'

function GoShortcut({ link }: { readonly link: PageLink }) {
  const [, navigate] = useLocation()
  useShortcut(`g ${link.key}`, () => navigate(link.path))
  return null
}

function toggleTheme(): void {
  setPreferences({ theme: document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark' })
}

/** The keys of every page. Draws nothing. */
export function RoomShortcuts() {
  const { live } = useApi()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => shortcuts.handle(event)
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
  useShortcut('?', () => openShortcutsHelp(true))
  useShortcut('t', toggleTheme)
  useShortcut('p', () => live.setPaused(!live.getState().isPaused))
  useShortcut('/', () => document.querySelector<HTMLElement>('[data-filter]')?.focus())
  return pageLinks.map((link) => <GoShortcut key={link.name} link={link} />)
}
