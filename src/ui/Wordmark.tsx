/**
 * 知客 drawn with one pen of even width on a 24 grid. 客 stands under its roof like a guest in the
 * gate, and the roof carries the one colour.
 */
const zhi = (
  <>
    <path d="M7.500 2.500 4.500 7" />
    <path d="M5.500 5.500H12" />
    <path d="M3 11.500h10" />
    <path d="M8.200 5.500v6c0 4-1.700 7-5.200 9" />
    <path d="m8.600 13.500 4 5" />
    <path d="M15.500 6.500H21v11.500h-5.500Z" />
  </>
)
const roof = <path className="accent" d="M12 1.800v2.400M3.500 8.200V4.800h17v3.400" />
const guest = (
  <>
    <path d="M9.500 7.200c-1.200 2-2.700 3.500-4.500 4.600" />
    <path d="M8.600 9h7.900c-2.500 3.500-6.800 6-13.500 7.200" />
    <path d="M7.800 10.200c2.800 3 7 4.900 13.200 6" />
    <path d="M7.500 16.800h9v4.700h-9Z" />
  </>
)

export const Wordmark = () => (
  <svg className="wordmark" viewBox="0 0 54 24" width="54" height="24" aria-hidden="true">
    {zhi}
    <g transform="translate(28 0)">
      {roof}
      {guest}
    </g>
  </svg>
)

export const Mark = () => (
  <svg className="wordmark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
    {roof}
    {guest}
  </svg>
)
