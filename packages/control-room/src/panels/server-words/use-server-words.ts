import { useCallback } from 'react'
import { useFormat, useLanguage } from '../../i18n/messages-context.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { saySentence } from './say-sentence.ts'

/** What the server said, in the language of the moment; `lang` is there where the room has no words for it: then it is in the server's English. */
export interface SaidWords {
  readonly text: string
  readonly lang: 'en' | undefined
}

/** Says sentences of the server. */
export function useServerWords(): (text: string) => SaidWords {
  const language = useLanguage()
  const format = useFormat()
  return useCallback(
    (text: string) => {
      const said = saySentence(text, language, format)
      return said === null ? { text: visibleText(text), lang: 'en' } : { text: said, lang: undefined }
    },
    [language, format],
  )
}
