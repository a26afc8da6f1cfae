import { FailureLine, isOwnMessage, type SaidFailure } from '../../ui/failure-line.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { useServerWords } from './use-server-words.ts'

/** An error in one line; what the server said of it in the language of the moment. */
export function SaidFailureLine({ failure, className }: { readonly failure: SaidFailure; readonly className: string }) {
  const say = useServerWords()
  const { text, lang } = isOwnMessage(failure.kind)
    ? say(failure.message)
    : { text: visibleText(failure.message), lang: undefined }
  return <FailureLine failure={failure} message={text} lang={lang} className={className} />
}
