import { Bar, SkeletonText } from '#ui/Skeleton.tsx'
import './customer.css'

/** The columns of the page before their content is here. */
export const CustomerSkeleton = () => (
  <div className="record" data-part="said" aria-hidden="true">
    <div className="record-columns">
      <div className="record-who skeleton-text">
        <Bar width={44} />
        <Bar width="80%" />
        <Bar width="55%" />
        <SkeletonText lines={6} />
      </div>
      <div className="record-said">
        <SkeletonText lines={9} />
      </div>
      <div className="record-next">
        <SkeletonText lines={5} />
      </div>
    </div>
  </div>
)
