/**
 * Sum of each character's value in `alphabet` times the weight at its place; as many characters as
 * there are weights. A character outside the alphabet counts as -1, so check the alphabet first.
 */
export const weightedSum = (text: string, weights: readonly number[], alphabet: string) =>
  weights.reduce((sum, weight, place) => sum + weight * alphabet.indexOf(text.charAt(place)), 0)
