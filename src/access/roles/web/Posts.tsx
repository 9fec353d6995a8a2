import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { Pencil, Plus } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { call } from '#platform/door/client.ts'
import { Confirm } from '#ui/Confirm.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { FormDrawer } from '#ui/FormDrawer.tsx'
import { useLabel, useMarks, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { Select } from '#ui/Select.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { administrator } from '../rules.ts'
import { roleWords } from './messages.ts'
import type { RoleRow } from './roles.ts'

type Post = { id: string; name: string; roles: string[]; people: number; version: number }
type Given = Pick<Post, 'name' | 'roles'>

/** The posts of the firm, each a name for several roles. */
export const Posts = ({ roles }: { roles: readonly RoleRow[] }) => {
  const w = useMessages(roleWords)
  const { listed } = useMarks()
  const label = useLabel()
  const [open, setOpen] = useState<Post | 'new'>()
  const { data } = useQuery({
    queryKey: ['directory', '/posts'],
    queryFn: ({ signal }) => call<{ items: Post[] }>('GET', '/posts', { signal }),
    staleTime: 60_000,
  })
  const names = (post: Post) =>
    roles.filter(({ id }) => post.roles.includes(id)).map((role) => label(role.label))
  return (
    <section>
      <header className="settings-head">
        <h2>{w.posts}</h2>
        <Button icon={<Plus />} onClick={() => setOpen('new')}>
          {w.addPost}
        </Button>
      </header>
      <p className="quiet">{data?.items.length === 0 ? w.noPosts : w.postsLead}</p>
      <ul className="role-list" aria-label={w.posts}>
        {data?.items.map((post) => (
          <li key={post.id} className="role-line">
            <button type="button" className="role-open" onClick={() => setOpen(post)}>
              <span className="role-name">{post.name}</span>
              <span className="quiet">{listed(names(post))}</span>
            </button>
            <span className="quiet role-count">{w.people(post.people)}</span>
            <button
              type="button"
              className="icon-button"
              aria-label={w.editPost(post.name)}
              onClick={() => setOpen(post)}
            >
              <Pencil />
            </button>
          </li>
        ))}
      </ul>
      {open && (
        <PostForm
          roles={roles}
          {...(open !== 'new' && { post: open })}
          onClose={() => setOpen(undefined)}
        />
      )}
    </section>
  )
}

type Props = { roles: readonly RoleRow[]; post?: Post; onClose: () => void }

const PostForm = (props: Props) => {
  const w = useMessages(roleWords)
  const title = props.post ? w.editPost(props.post.name) : w.addPost
  return (
    <FormDrawer open title={title} onClose={props.onClose}>
      {({ onDirty, close }) => <Inside {...props} onDirty={onDirty} onCancel={close} />}
    </FormDrawer>
  )
}

type InsideProps = Props & { onDirty: (dirty: boolean) => void; onCancel: () => void }

const Inside = ({ roles, post, onDirty, onCancel, onClose }: InsideProps) => {
  const w = useMessages(roleWords)
  const label = useLabel()
  const toast = useToast()
  const say = useFailureWords()
  const write = usePostWrites()
  const removal = usePostWrites()
  const start: Given = { name: post?.name ?? '', roles: post?.roles ?? [] }
  const [draft, setDraft] = useState(start)
  const [asking, setAsking] = useState(false)
  const dirty = JSON.stringify(draft) !== JSON.stringify(start)
  useEffect(() => onDirty(dirty), [dirty, onDirty])
  const send = (given: Given, text: string) =>
    write.mutate(
      { post, given },
      {
        onSuccess: () => {
          toast({ text })
          onClose()
        },
      },
    )
  const save = (event: FormEvent) => {
    event.preventDefault()
    const name = draft.name.trim()
    send({ ...draft, name }, post ? w.saved : w.created(name))
  }
  return (
    <form className="form" onSubmit={save}>
      <div className="form-body">
        <PlainField label={w.name}>
          {(control) => (
            <Input
              {...control}
              value={draft.name}
              autoFocus={!post}
              onChange={({ target }) => setDraft({ ...draft, name: target.value })}
            />
          )}
        </PlainField>
        <PlainField label={w.ofRoles}>
          {({ id }) => (
            <Select
              id={id}
              mode="multiple"
              value={draft.roles}
              optionFilterProp="label"
              options={roles
                .filter((role) => role.id !== administrator)
                .map((role) => ({ value: role.id, label: label(role.label) }))}
              onChange={(chosen: string[]) => setDraft({ ...draft, roles: chosen })}
            />
          )}
        </PlainField>
        {post && (
          <p className="form-aside">
            <Button danger onClick={() => setAsking(true)}>
              {w.remove}
            </Button>
          </p>
        )}
        {post && dirty && <p className="role-changes">{w.concerns(post.people)}</p>}
      </div>
      {write.error && (
        <p className="form-trouble form-trouble-foot" role="alert">
          {say(write.error)}
        </p>
      )}
      <footer className="form-foot">
        <Button
          type="primary"
          htmlType="submit"
          loading={write.isPending}
          disabled={draft.name.trim() === '' || draft.roles.length === 0}
        >
          {w.save}
        </Button>
        <Button onClick={onCancel}>{w.cancel}</Button>
      </footer>
      {asking && (
        <Confirm
          title={w.removePostTitle(post?.name ?? '')}
          text={w.removePostText}
          ok={w.remove}
          stay={w.keep}
          danger
          act={async () => {
            await removal.mutateAsync({ post, given: undefined })
            toast({ text: w.removed(post?.name ?? '') })
            onClose()
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </form>
  )
}

const usePostWrites = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ post, given }: { post: Post | undefined; given: Given | undefined }) => {
      if (!post) return call<unknown>('POST', '/posts', { body: given })
      const { id, version } = post
      return given
        ? call<unknown>('PATCH', `/posts/${id}`, { version, body: given })
        : call<unknown>('DELETE', `/posts/${id}`, { version })
    },
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['directory'] })
      void client.invalidateQueries({ queryKey: ['me'] })
    },
  })
}
