import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '#platform/door/client.ts'
import { chooseDensity, useDensity } from '#ui/density.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useMessages } from '#ui/locale.tsx'
import { Parts } from '#ui/Parts.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { Radios } from '#ui/Radios.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useTheme } from '#ui/theme.tsx'
import { Codes } from './Codes.tsx'
import { sessionWords } from './messages.ts'
import { Passkeys } from './Passkeys.tsx'
import { Secret } from './Secret.tsx'
import { Section } from './Section.tsx'
import { Sessions } from './Sessions.tsx'
import { useSignOut } from './signOut.ts'
import { useSpeak } from './speak.ts'
import { useNotes } from './trouble.ts'
import './account.css'

/** What concerns only this person: looks, language, and the ways to sign in. */
export const MePage = () => {
  const w = useMessages(sessionWords)
  const { me, may } = useDirectory()
  const signOut = useSignOut()
  usePageTitle(w.settings)
  return (
    <div className="settings-body">
      <p>
        <strong>{me.name}</strong>
        <Parts
          className="quiet"
          of={[me.username, me.organisation, !may('people.manage') && w.nameBy]}
        />
      </p>
      <Looks />
      <Password />
      <Codes />
      <Passkeys />
      <Sessions />
      <Button onClick={signOut}>{w.signOut}</Button>
    </div>
  )
}

const Looks = () => {
  const w = useMessages(sessionWords)
  const { choice, choose } = useTheme()
  const density = useDensity()
  const { locale, speak } = useSpeak()
  return (
    <Section title={w.display}>
      <PlainField label={w.appearance}>
        {({ id }) => (
          <Radios
            id={id}
            value={choice}
            onChange={choose}
            choices={[
              { value: 'auto', label: w.themeAuto },
              { value: 'light', label: w.themeLight },
              { value: 'dark', label: w.themeDark },
            ]}
          />
        )}
      </PlainField>
      <PlainField label={w.density}>
        {({ id }) => (
          <Radios
            id={id}
            value={density}
            onChange={chooseDensity}
            choices={[
              { value: 'normal', label: w.densityNormal },
              { value: 'compact', label: w.densityCompact },
            ]}
          />
        )}
      </PlainField>
      <PlainField label={w.language}>
        {({ id }) => (
          <Radios
            id={id}
            value={locale}
            onChange={speak}
            choices={[
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        )}
      </PlainField>
    </Section>
  )
}

const Password = () => {
  const w = useMessages(sessionWords)
  const toast = useToast()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => call('PUT', '/me/password', { body: { current, next } }),
    onSuccess: () => {
      setCurrent('')
      setNext('')
      toast({ text: w.changed })
    },
  })
  const note = useNotes(change.error, 'current')
  return (
    <Section title={w.changePassword}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate()
        }}
      >
        <Secret
          label={w.current}
          value={current}
          onChange={setCurrent}
          complete="current-password"
          note={note('current')}
        />
        <Secret
          label={w.next}
          value={next}
          onChange={setNext}
          complete="new-password"
          note={note('next')}
          help={w.nextHelp}
        />
        <Button
          htmlType="submit"
          loading={change.isPending}
          disabled={current === '' || next === ''}
        >
          {w.save}
        </Button>
      </form>
    </Section>
  )
}
