import { homeOf } from './homes.ts'
import { organisationOf } from './organisations.ts'
import type { Making, Profile } from './profile.ts'
import { chance } from './random.ts'
import type { Life, Special } from './template.ts'

const knownShare: Record<string, number> = { fresh: 0.25, talking: 0.55, missed: 0.5, closest: 1.2 }

/** Who a customer is; a special one as its template says. */
export const profileOf = (
  given: Omit<Making, 'known'> & { life: Life; special?: Special | undefined },
): Profile => {
  const { random, life, special, kind } = given
  const level = knownShare[life.key] ?? 0.85
  const making: Making = { ...given, known: (share) => chance(random, share * level) }
  const made = kind === 'organisation' ? organisationOf(making) : homeOf(making)
  return special ? specially(made, special) : made
}

const specially = (made: Profile, { bare, values, contacts, parties }: Special): Profile => ({
  ...made,
  values: {
    ...(!bare && made.values),
    ...values,
    ...{ kind: made.kind, name: values.name ?? made.values.name },
  },
  contacts: contacts ?? (bare ? [] : made.contacts),
  parties:
    parties?.map(({ call, gender }, place) => ({
      ...{ call, gender, decision: contacts?.[place]?.decision_role },
      ...(contacts && { contact: place }),
    })) ?? made.parties,
})
