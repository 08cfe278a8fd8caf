/** A phone shows no more of them apart. */
const mostBars = 150

/** How many values share a bar: as many as it takes for all to fit. */
export function valuesPerBar(count: number): number {
  return Math.max(1, Math.ceil(count / mostBars))
}
