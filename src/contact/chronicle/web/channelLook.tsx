import {
  Footprints,
  Mail,
  MailOpen,
  MessageCircle,
  MessageSquareText,
  Phone,
  Printer,
  Users,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { channels } from '../../interactions/rules.ts'

type Channel = (typeof channels)[number]['value']

const icons: Record<Channel, ReactNode> = {
  call: <Phone />,
  visit: <Footprints />,
  wechat: <MessageCircle />,
  sms: <MessageSquareText />,
  email: <Mail />,
  meeting: <Users />,
  letter: <MailOpen />,
  fax: <Printer />,
}

export const channelIcon = (channel: Channel) => icons[channel]
