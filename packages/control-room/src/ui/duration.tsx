import { useFormat } from '../i18n/messages-context.tsx'

/** A span in at most two units. null = not known. */
export function Duration({ ms }: { readonly ms: number | null }) {
  return <span className={ms === null ? 'muted' : 'nowrap'}>{useFormat().duration(ms)}</span>
}
