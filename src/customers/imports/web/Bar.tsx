/** How far something is; without a share only that it goes on. */
export const Bar = ({ share, label }: { share: number | undefined; label: string }) => (
  <progress
    className="progress"
    aria-label={label}
    max={1}
    {...(share !== undefined && { value: share })}
  />
)
