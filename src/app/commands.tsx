import {
  Building2,
  CirclePlus,
  ContactRound,
  FileText,
  FileUp,
  Languages,
  ListChecks,
  LogOut,
  MessagesSquare,
  Moon,
  Network,
  Settings,
  ShieldCheck,
  Sun,
  Sunrise,
  Trash2,
  UsersRound,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useSignOut } from '#access/sessions/web/signOut.ts'
import { HOME } from '#platform/database/ctx.ts'
import { call } from '#platform/door/client.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { useTravel } from '#ui/Anchor.tsx'
import type { PaletteItem } from '#ui/CommandPalette.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { firmInitialOf, initialOf } from '#ui/initials.ts'
import { useLabel, useLocaleChoice, useMessages } from '#ui/locale.tsx'
import { Parts } from '#ui/Parts.tsx'
import { useTheme } from '#ui/theme.tsx'
import { foundKinds } from './kinds.ts'
import { appWords } from './messages.ts'

type Found = { id: string; kind: string; name: string; number: string; phones?: string[] }
type FoundRecord = {
  entity: string
  id: string
  customer_id: string
  title: string
  customer_name: string
}

/** Customers by name, pinyin, initials or the digits of a phone, and what stands below them. */
export const useFindRecords = () => {
  const { go } = useTravel()
  const w = useMessages(appWords)
  const label = useLabel()
  return async (query: string, signal: AbortSignal): Promise<readonly PaletteItem[]> => {
    const { items, records } = await call<{ items: Found[]; records: FoundRecord[] }>(
      'GET',
      '/search',
      { query: { q: query }, signal },
    )
    const below = records.flatMap((found) => {
      const kind = foundKinds.find(({ name }) => name === found.entity)
      if (!kind) return []
      return {
        key: found.id,
        group: w.recordsFound,
        label: found.title || '—',
        hint: <Parts of={[label(kind.label), found.customer_name]} />,
        icon: <span className="palette-kind">{kindIcons[kind.name] ?? <FileText />}</span>,
        run: () => go(hrefOf(kind, found)),
      }
    })
    const customers = items.map((found) => ({
      key: found.id,
      label: found.name,
      hint: <Parts of={[found.phones?.[0], found.number]} />,
      icon: (
        <span className="glyph" aria-hidden="true">
          {found.kind === 'organisation' ? firmInitialOf(found.name) : initialOf(found.name)}
        </span>
      ),
      run: () => go(`/customers/${found.id}`),
    }))
    return below.length === 0 ? customers : [...customers.slice(0, besideRecords), ...below]
  }
}

// Records below customers are seen without scrolling.
const besideRecords = 6

const kindIcons: Record<string, ReactNode> = {
  contact: <ContactRound />,
  task: <ListChecks />,
  interaction: <MessagesSquare />,
}

/** Contacts and tasks are read on the page of their customer, all else in a drawer over its list. */
const hrefOf = ({ name, plural }: Entity, { id, customer_id, title }: FoundRecord) => {
  if (name === 'contact' || (name === 'task' && customer_id !== HOME))
    return `/customers/${customer_id}`
  if (name === 'task')
    return `/tasks?${new URLSearchParams({ q: title, filter: JSON.stringify({ all: [] }) })}`
  return `/${plural}?${new URLSearchParams({ open: id, of: customer_id })}`
}

/** What the palette can do besides finding; commands answer to both languages and to pinyin. */
export const useAppActions = (): readonly PaletteItem[] => {
  const w = useMessages(appWords)
  const { go } = useTravel()
  const { may } = useDirectory()
  const { mode, choose } = useTheme()
  const { locale, choose: chooseLocale } = useLocaleChoice()
  const signOut = useSignOut()
  const dark = mode === 'dark'
  const actions: (PaletteItem & { permission?: string })[] = [
    {
      key: 'new-customer',
      label: w.newCustomer,
      icon: <CirclePlus />,
      also: 'new customer xinjian kehu 新建',
      permission: 'customers.create',
      run: () => go('/customers?new=1'),
    },
    {
      key: 'customers',
      label: w.customers,
      icon: <Building2 />,
      also: 'customers kehu liebiao 列表',
      run: () => go('/customers'),
    },
    {
      key: 'day',
      label: w.day,
      icon: <Sunrise />,
      also: 'today day jinri 首页 home',
      run: () => go('/'),
    },
    {
      key: 'tasks',
      label: w.tasks,
      icon: <ListChecks />,
      also: 'tasks renwu 待办 todo',
      run: () => go('/tasks'),
    },
    {
      key: 'new-task',
      label: w.newTask,
      icon: <CirclePlus />,
      also: 'new task xinjian renwu 新建 待办',
      permission: 'tasks.create',
      run: () => go('/tasks?new=1'),
    },
    {
      key: 'interactions',
      label: w.interactions,
      icon: <MessagesSquare />,
      also: 'interactions wanglai jilu 跟进 互动',
      run: () => go('/interactions'),
    },
    {
      key: 'contacts',
      label: w.contacts,
      icon: <ContactRound />,
      also: 'contacts lianxiren',
      run: () => go('/contacts'),
    },
    {
      key: 'imports',
      label: w.imports,
      icon: <FileUp />,
      also: 'import daoru excel csv 导入',
      permission: 'customers.import',
      run: () => go('/settings/imports'),
    },
    {
      key: 'settings',
      label: w.settings,
      icon: <Settings />,
      also: 'settings password shezhi mima 密码 账号',
      run: () => go('/settings'),
    },
    {
      key: 'people',
      label: w.people,
      icon: <UsersRound />,
      also: 'people users renyuan 用户 同事',
      permission: 'people.manage',
      run: () => go('/settings/people'),
    },
    {
      key: 'bin',
      label: w.bin,
      icon: <Trash2 />,
      also: 'bin huishouzhan 恢复 已删除 trash restore',
      permission: 'tasks.delete',
      run: () => go('/settings/bin'),
    },
    {
      key: 'roles',
      label: w.roles,
      icon: <ShieldCheck />,
      also: 'roles posts rights juese gangwei quanxian 权限',
      permission: 'roles.manage',
      run: () => go('/settings/roles'),
    },
    {
      key: 'departments',
      label: w.departments,
      icon: <Network />,
      also: 'departments bumen 组织',
      permission: 'departments.manage',
      run: () => go('/settings/departments'),
    },
    {
      key: 'theme',
      label: dark ? w.toLight : w.toDark,
      icon: dark ? <Sun /> : <Moon />,
      also: 'theme dark light waiguan 外观 深色 浅色',
      run: () => choose(dark ? 'light' : 'dark'),
    },
    {
      key: 'language',
      label: locale === 'zh' ? 'English' : '中文',
      icon: <Languages />,
      also: 'language yuyan 语言 中文 english',
      run: () => chooseLocale(locale === 'zh' ? 'en' : 'zh'),
    },
    {
      key: 'sign-out',
      label: w.signOut,
      icon: <LogOut />,
      also: 'sign out log out tuichu 退出',
      run: signOut,
    },
  ]
  return actions.filter(({ permission }) => !permission || may(permission))
}
