import { useEffect, useRef } from 'react'
import { usePreferences } from './preferences.ts'
import { shortcuts } from './shortcuts.ts'

/** Binds a key (`j`) or a sequence (`g o`) while the component is shown, unless shortcuts are switched off. */
export function useShortcut(keys: string, handler: () => void, isActive = true): void {
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  const { hasShortcuts } = usePreferences()
  const isBound = isActive && hasShortcuts
  useEffect(() => (isBound ? shortcuts.add(keys, () => latest.current()) : undefined), [keys, isBound])
}
