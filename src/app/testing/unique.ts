let made = 0

/** A name that nothing in this test bears yet. */
export const unique = () => `neu${++made}`
