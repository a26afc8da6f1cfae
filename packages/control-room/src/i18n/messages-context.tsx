import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { usePreferences } from '../app/preferences.ts'
import { createFormatters, type Formatters } from './formatters.ts'
import { type Language, loadMessages } from './languages.ts'
import type { Messages } from './messages.ts'

interface Spoken {
  readonly language: Language
  readonly messages: Messages
  readonly format: Formatters
}

const SpokenContext = createContext<Spoken | null>(null)

interface Loaded {
  readonly language: Language
  readonly messages: Messages
}

interface MessagesProviderProps {
  /** Loaded before the room is drawn. */
  readonly first: Loaded
  /** Spoken where nothing was chosen. */
  readonly standard: Language
  readonly children: ReactNode
}

/** Gives the messages of the chosen language to everything inside. */
export function MessagesProvider({ first, standard, children }: MessagesProviderProps) {
  const { language: chosen, timeZone } = usePreferences()
  const [loaded, setLoaded] = useState(first)
  const wanted = chosen ?? standard
  useEffect(() => {
    if (loaded.language === wanted) return
    let isCurrent = true
    loadMessages(wanted).then(
      (messages) => isCurrent && setLoaded({ language: wanted, messages }),
      () => undefined, // The file did not come: the room goes on in the language it speaks.
    )
    return () => {
      isCurrent = false
    }
  }, [wanted, loaded.language])
  useEffect(() => {
    document.documentElement.lang = loaded.language
  }, [loaded.language])
  const spoken = useMemo<Spoken>(
    () => ({
      ...loaded,
      format: createFormatters({
        language: loaded.language,
        units: loaded.messages.units,
        timeZone: timeZone === 'utc' ? 'UTC' : undefined,
      }),
    }),
    [loaded, timeZone],
  )
  return <SpokenContext value={spoken}>{children}</SpokenContext>
}

function useSpoken(): Spoken {
  const spoken = useContext(SpokenContext)
  if (spoken === null) throw new Error('messages are used outside of MessagesProvider')
  return spoken
}

/** The messages in the language of the moment. */
export function useMessages(): Messages {
  return useSpoken().messages
}

/** The language of the moment, for words that come with their page. */
export function useLanguage(): Language {
  return useSpoken().language
}

/** Writes numbers, times and durations as the language and the chosen time zone want it. */
export function useFormat(): Formatters {
  return useSpoken().format
}
