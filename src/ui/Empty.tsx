import type { ReactNode } from 'react'

type Drawing = 'desk' | 'search' | 'done' | 'door' | 'cut'

/** Nothing here: a line drawing, what that means, and the one next step. */
export const Empty = (props: {
  drawing?: Drawing
  title: ReactNode
  text?: ReactNode
  action?: ReactNode
}) => {
  // A gate stands in the place of a whole page, so its title is the heading of that page.
  const Title = props.drawing === 'door' ? 'h1' : 'p'
  return (
    <div className="empty">
      <Sketch name={props.drawing ?? 'desk'} />
      <Title className="empty-title">{props.title}</Title>
      {props.text && <p className="empty-text">{props.text}</p>}
      {props.action && <div className="empty-action">{props.action}</div>}
    </div>
  )
}

export const Sketch = ({ name }: { name: Drawing }) => (
  <svg className="sketch" viewBox="0 0 160 96" width="160" height="96" aria-hidden="true">
    {sketches[name]}
  </svg>
)

/** Drawn with one pen: a desk with an open visitors' book, a lens over paper, a cup of tea, a gate, a cord parted. */
const sketches: Record<Drawing, ReactNode> = {
  desk: (
    <>
      <path d="M10 82h140" />
      <path d="M80 40c-9-7-22-9-36-8v38c14-1 27 1 36 8 9-7 22-9 36-8V32c-14-1-27 1-36 8Z" />
      <path d="M80 40v38" />
      <path d="M54 43c6 0 11 1 16 3M54 51c6 0 11 1 16 3" />
      <path className="accent" d="M92 58c8-9 16-24 34-38-6 18-16 30-29 37l-6 2 1-1Z" />
      <path className="accent" d="M92 58l-5 8" />
    </>
  ),
  search: (
    <>
      <path d="M10 82h140" />
      <path d="M46 82V22h44l14 14v46" />
      <path d="M90 22v14h14" />
      <path d="M56 46h24M56 56h18M56 66h12" />
      <circle className="accent" cx="96" cy="58" r="15" />
      <path className="accent" d="m107 69 13 13" />
    </>
  ),
  done: (
    <>
      <path d="M10 82h140" />
      <path d="M54 48h46v14a18 18 0 0 1-18 18h-10a18 18 0 0 1-18-18Z" />
      <path d="M100 52h6a8 8 0 0 1 0 16h-7" />
      <path d="M46 82c6 4 56 4 62 0" />
      <path className="accent" d="M68 38c-5-6 5-9 0-16M80 38c-5-6 5-9 0-16" />
    </>
  ),
  door: (
    <>
      <path d="M10 82h140" />
      <path d="M42 82V36M118 82V36M34 36h92M40 30c14-2 26-8 40-16 14 8 26 14 40 16" />
      <path d="M58 82V46h44v36M80 46v36" />
      <path className="accent" d="M75 64h.5M84.500 64h.5" />
    </>
  ),
  cut: (
    <>
      <path d="M10 82h140" />
      <path d="M10 60c14 0 14-22 30-22h14" />
      <path d="M54 30h10a8 8 0 0 1 8 8 8 8 0 0 1-8 8H54Z" />
      <path d="M72 34h8M72 42h8" />
      <path d="M150 60c-14 0-14-22-30-22h-12" />
      <path d="M108 30h-4a8 8 0 0 0-8 8 8 8 0 0 0 8 8h4Z" />
      <path className="accent" d="m88 22-2-8M92 22l4-7M86 54l-3 7M92 54l2 8" />
    </>
  ),
}
