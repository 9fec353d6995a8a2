const allowed = /^[A-Za-z0-9_.]{2,40}$/

/** A user name that our own rules allow, from what an identity provider calls somebody. */
export const usernameFrom = (claims: {
  username: string | undefined
  email: string | undefined
  subject: string
}): string => {
  const local = (text: string | undefined) =>
    (text?.split('@')[0] ?? '').replace(/[^A-Za-z0-9_.]/g, '_').slice(0, 40)
  const names = [local(claims.username), local(claims.email), local(claims.subject)]
  return names.find((name) => allowed.test(name) && /[A-Za-z0-9]/.test(name)) ?? 'person'
}
