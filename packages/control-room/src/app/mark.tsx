/** The mark: a track that a switch divides, and the signal beside it. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true" className="mark">
      <path d="M5.5 18V2" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
      <path d="M5.5 14.5c0-4.5 9-3.5 9-7.5" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
      <circle cx="14.5" cy="4.5" r="3" fill="currentColor" />
    </svg>
  )
}
