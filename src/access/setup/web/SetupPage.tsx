import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ApiProblem, call } from '#platform/door/client.ts'
import type { Label } from '#platform/fields/field.ts'
import { Doorway } from '#ui/Doorway.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { Radios } from '#ui/Radios.tsx'
import { useReasons } from '#ui/useReasons.ts'
import { setupWords } from './messages.ts'

type Props = {
  templates: readonly { key: string; label: Label }[]
  onDone: () => Promise<void>
}
type Draft = {
  code: string
  organisation: string
  name: string
  username: string
  password: string
}

const blank: Draft = { code: '', organisation: '', name: '', username: '', password: '' }

export const SetupPage = ({ templates, onDone }: Props) => {
  const w = useMessages(setupWords)
  const label = useLabel()
  const say = useFailureWords()
  const [draft, setDraft] = useState(blank)
  const [template, setTemplate] = useState(templates[0]?.key ?? 'general')
  const [demo, setDemo] = useState(false)
  const begin = useMutation({
    mutationFn: async () => {
      const { username, password } = draft
      await call('POST', '/setup', { body: { ...draft, template, demo } })
      await call('POST', '/session', { body: { username: username.trim(), password } })
    },
    onSuccess: onDone,
  })
  const errors = begin.error instanceof ApiProblem ? begin.error.errors : []
  const line = (name: keyof Draft, help?: string, extra?: object) => (
    <Line
      label={w[name]}
      help={help}
      error={errors.find((error) => error.path === name)}
      value={draft[name]}
      onChange={(value) => setDraft({ ...draft, [name]: value })}
      {...extra}
    />
  )
  const complete = Object.values(draft).every((value) => value.trim() !== '')
  return (
    <Doorway long>
      <form
        className="doorway-form"
        onSubmit={(event) => {
          event.preventDefault()
          begin.mutate()
        }}
      >
        <h1>{w.title}</h1>
        <p className="quiet">{w.lead}</p>
        {line('code', w.codeHelp, { autoFocus: true, autoComplete: 'one-time-code' })}
        {line('organisation', w.organisationHelp, { autoComplete: 'organization' })}
        {line('name', undefined, { autoComplete: 'name' })}
        {line('username', w.usernameHelp, { autoComplete: 'username', autoCapitalize: 'none' })}
        {line('password', w.passwordHelp, { autoComplete: 'new-password', type: 'password' })}
        <PlainField label={w.template}>
          {({ id }) => (
            <Radios
              id={id}
              value={template}
              onChange={setTemplate}
              choices={templates.map((each) => ({ value: each.key, label: label(each.label) }))}
            />
          )}
        </PlainField>
        <label className="tick">
          <input
            type="checkbox"
            checked={demo}
            onChange={(event) => setDemo(event.target.checked)}
          />
          <span>
            {w.demo}
            <span className="quiet">{w.demoHelp}</span>
          </span>
        </label>
        {begin.error && (
          <p className="form-trouble" role="alert">
            {say(begin.error)}
          </p>
        )}
        <Button
          type="primary"
          size="large"
          block
          htmlType="submit"
          disabled={!complete}
          loading={begin.isPending || begin.isSuccess}
        >
          {w.begin}
        </Button>
      </form>
    </Doorway>
  )
}

type LineProps = {
  label: string
  help: string | undefined
  error: { reason: string; values?: Record<string, string | number> } | undefined
  value: string
  onChange: (value: string) => void
}

const Line = ({ label, help, error, value, onChange, ...input }: LineProps) => {
  const say = useReasons()
  return (
    <PlainField label={label} wrong={error !== undefined} note={error ? say(error) : help}>
      {(control) => (
        <Input
          {...input}
          {...control}
          size="large"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </PlainField>
  )
}
