/** The mark: a track that a switch divides, and the signal beside it. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true" className="mark">
      <path d="M6 18V2" stroke="currentColor" strokeWidth="2.25" strokeLinecap="round" />
      <path d="M6 14c0-4 8-3.5 8-7.5" stroke="currentColor" strokeWidth="2.25" strokeLinecap="round" />
      <circle cx="14" cy="3.75" r="2.25" fill="var(--signal, currentColor)" />
    </svg>
  )
}
