/**
 * Starts work; resolves once it is over, or as soon as others need not wait for it: because it said so (`pass`), or took
 * longer than `slowAfterMs` (`onSlow` is called then). What comes of the work is its own affair.
 */
export function letPass(
  work: (pass: () => void) => Promise<void>,
  { slowAfterMs, onSlow }: { slowAfterMs: number; onSlow(): void },
): Promise<void> {
  return new Promise((resolve) => {
    const slow = setTimeout(() => {
      onSlow()
      resolve()
    }, slowAfterMs)
    const pass = () => {
      clearTimeout(slow)
      resolve()
    }
    void work(pass).finally(pass)
  })
}
