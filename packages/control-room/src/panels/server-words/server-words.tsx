import { useServerWords } from './use-server-words.ts'

/** A sentence of the server in the language of the moment, else as it said it. */
export function ServerWords({ text }: { readonly text: string }) {
  const said = useServerWords()(text)
  return <span lang={said.lang}>{said.text}</span>
}
