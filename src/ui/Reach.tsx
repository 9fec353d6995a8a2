import { Globe, Mail, MapPin, MessageCircle, Phone } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatPhone } from '#platform/china/phone.ts'
import { CopyButton } from './CopyButton.tsx'

type Way = 'phone' | 'email' | 'wechat' | 'link' | 'place'

const icons: Record<Way, ReactNode> = {
  phone: <Phone />,
  email: <Mail />,
  wechat: <MessageCircle />,
  link: <Globe />,
  place: <MapPin />,
}

/** One way to reach somebody: press to use it, or copy it. What the reader may see only in part is neither. */
export const Reach = (props: {
  way: Way
  what: string
  value: string
  masked?: boolean
  /** What else can be done with it. */
  children?: ReactNode
}) => {
  const { way, what, value, masked } = props
  const said = <span className={way === 'phone' ? 'figure' : undefined}>{spoken(way, value)}</span>
  const href = masked ? undefined : hrefOf(way, value)
  return (
    <div className="reach" data-way={way}>
      {icons[way]}
      <span className="unseen">{what}</span>
      {href ? (
        <a
          href={href}
          title={value}
          {...(way === 'link' && { target: '_blank', rel: 'noopener noreferrer' })}
        >
          {said}
        </a>
      ) : (
        <span className="reach-words">{said}</span>
      )}
      {!masked && <CopyButton text={value} what={what} />}
      {props.children}
    </div>
  )
}

const spoken = (way: Way, value: string) => {
  if (way === 'phone') return formatPhone(value)
  if (way === 'link') return value.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')
  return value
}

const hrefOf = (way: Way, value: string) => {
  if (way === 'phone') return `tel:${value}`
  if (way === 'email') return `mailto:${value}`
  return way === 'link' ? value : undefined
}
