/** A quiet bar where text will stand; it shows only after 150 ms, so that quick answers do not flicker. */
export const Bar = ({ width }: { width: number | string }) => (
  <span className="bar" style={{ width }} />
)

/** A paragraph of bars of differing length. */
export const SkeletonText = ({ lines = 3 }: { lines?: number }) => (
  <div className="skeleton-text" aria-hidden="true">
    {Array.from({ length: lines }, (_, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change places
      <Bar key={line} width={`${88 - ((line * 37) % 50)}%`} />
    ))}
  </div>
)
