import { closestMatch } from 'leven'

/** The candidate that `word` was probably meant to be ("did you mean"), or null where none is near. Case does not matter. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const wanted = word.toLowerCase()
  const byLowerCase = new Map(candidates.map((candidate) => [candidate.toLowerCase(), candidate]))
  if (byLowerCase.has(wanted)) return byLowerCase.get(wanted) ?? null
  // Two letters swapped count as two changes, and even short names get swapped ones.
  const maxDistance = wanted.length < 3 ? 1 : Math.max(2, Math.floor(wanted.length / 3))
  const match = closestMatch(wanted, [...byLowerCase.keys()], { maxDistance })
  return (match !== undefined && byLowerCase.get(match)) || null
}
