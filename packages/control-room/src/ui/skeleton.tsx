import './skeleton.css'

interface SkeletonProps {
  /** CSS lengths of what will stand here. */
  readonly width?: string
  readonly height?: string
}

/** Holds the place of something that is on its way, so that nothing moves when it comes. */
export function Skeleton({ width = '100%', height = '12px' }: SkeletonProps) {
  return <span className="skeleton" style={{ inlineSize: width, blockSize: height }} aria-hidden="true" />
}

const WIDTHS = ['28%', '16%', '12%', '20%']

/** Holds the place of table rows. */
export function SkeletonRows({ rows }: { readonly rows: number }) {
  return (
    <div className="skeleton-rows" aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places, not things
        <div key={index} className="skeleton-row">
          {WIDTHS.map((width) => (
            <Skeleton key={width} width={width} />
          ))}
        </div>
      ))}
    </div>
  )
}
