import { useMessages } from '../i18n/messages-context.tsx'
import { Skeleton, SkeletonRows } from '../ui/skeleton.tsx'

/** Stands while the file of a page is on its way. */
export function PageFallback() {
  const { shell } = useMessages()
  return (
    <>
      <div className="page-head">
        <Skeleton width="120px" height="16px" />
        <span className="unseen" role="status">
          {shell.loading}
        </span>
      </div>
      <div className="page">
        <SkeletonRows rows={8} />
      </div>
    </>
  )
}
