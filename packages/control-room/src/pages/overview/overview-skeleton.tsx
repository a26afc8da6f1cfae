import { Skeleton, SkeletonRows } from '../../ui/skeleton.tsx'

const VITALS = ['wait', 'throughput', 'failures', 'stations']

/** As large as what will stand here. */
export function OverviewSkeleton() {
  return (
    <div className="overview">
      <Skeleton height="50px" />
      <div className="vitals">
        {VITALS.map((name) => (
          <Skeleton key={name} height="130px" />
        ))}
      </div>
      <Skeleton height="270px" />
      <SkeletonRows rows={5} />
    </div>
  )
}
