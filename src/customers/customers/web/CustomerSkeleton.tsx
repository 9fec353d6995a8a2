import { Bar, SkeletonText } from '#ui/Skeleton.tsx'
import './customer.css'
import './card.css'
import './columns.css'

/** The columns of the page before their content is here. */
export const CustomerSkeleton = () => (
  <div className="record" data-part="said" aria-hidden="true">
    <div className="record-columns">
      <div className="record-who">
        <div className="record-head skeleton-row">
          <span className="glyph bar" />
          <div className="skeleton-text">
            <Bar width="86%" />
            <Bar width="52%" />
          </div>
        </div>
        <SkeletonText lines={3} />
        <div className="record-know">
          <SkeletonText lines={6} />
        </div>
      </div>
      <div className="record-said">
        <div className="composer-ghost" />
        <SkeletonText lines={9} />
      </div>
      <div className="record-next">
        <SkeletonText lines={5} />
      </div>
    </div>
  </div>
)
