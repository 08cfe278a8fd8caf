/** 2^27 + 1: splits a double into two halves whose products are exact. */
const splitter = 134_217_729

/**
 * A sum that keeps its rounding errors (the error-free transformations of Knuth and Dekker): exact as long as the
 * numbers in it span fewer than about 100 bits, so adding and later taking away the same numbers leaves nothing behind.
 */
export class ExactSum {
  private high = 0
  private low = 0

  add(x: number): void {
    const sum = this.high + x
    const added = sum - this.high
    this.low += this.high - (sum - added) + (x - added)
    this.high = sum
  }

  /** Adds x * y without rounding the product first. */
  addProduct(x: number, y: number): void {
    const product = x * y
    this.add(product)
    this.low += productError(x, y, product)
  }

  /** Adds factor * other. */
  addMultiple(factor: number, other: ExactSum): void {
    this.addProduct(factor, other.high)
    this.addProduct(factor, other.low)
  }

  /** Takes away the square of other. */
  subtractSquareOf(other: ExactSum): void {
    this.addProduct(-other.high, other.high)
    this.addProduct(-2 * other.high, other.low)
    this.addProduct(-other.low, other.low)
  }

  clear(): void {
    this.high = 0
    this.low = 0
  }

  /** The sum divided by `divisor`, rounded once. */
  over(divisor: number): number {
    const high = this.high + this.low
    const low = this.low - (high - this.high)
    const quotient = high / divisor
    const product = quotient * divisor
    const rest = high - product - productError(quotient, divisor, product) + low
    return quotient + rest / divisor
  }
}

/** x * y minus its rounded product. */
function productError(x: number, y: number, product: number): number {
  const xSplit = splitter * x
  const xHigh = xSplit - (xSplit - x)
  const xLow = x - xHigh
  const ySplit = splitter * y
  const yHigh = ySplit - (ySplit - y)
  const yLow = y - yHigh
  return xHigh * yHigh - product + xHigh * yLow + xLow * yHigh + xLow * yLow
}
