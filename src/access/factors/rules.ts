/** So many wrong passwords lock an account for so long, unless the settings say otherwise. */
export const guessLimits = { attempts: 5, minutes: 15 }
