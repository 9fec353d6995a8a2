/**
 * A key that tells a repeated request from a new one, 32 hexadecimal digits. Browsers offer
 * `crypto.randomUUID` only over HTTPS, and an office may open the system at a plain address.
 */
export const newRepeatKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
