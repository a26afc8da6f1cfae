import type { Attempt } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { FailureLine } from '../../ui/failure-line.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { isOwnMessage } from './own-message.ts'
import { useServerWords } from './use-server-words.ts'

/** What ended an attempt, as far as it is said. */
type SaidFailure = Pick<Attempt, 'kind' | 'errorClass' | 'message'>

/** An error in one line; what the server said of it in the language of the moment. */
export function SaidFailureLine({ failure, className }: { readonly failure: SaidFailure; readonly className: string }) {
  const say = useServerWords()
  const { text, lang } = isOwnMessage(failure.kind)
    ? say(failure.message)
    : { text: visibleText(failure.message), lang: undefined }
  return <FailureLine errorClass={failure.errorClass} message={text} lang={lang} className={className} />
}
