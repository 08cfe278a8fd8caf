/** The bars that candles are parts of, numbered; by themselves candles are bars. */
export class BarNumbers {
  private readonly numbers: Int32Array | null

  /** `barTs`: the open time of the bar of each candle. */
  constructor(barTs: Float64Array | undefined) {
    this.numbers = barTs ? numberBars(barTs) : null
  }

  of(i: number): number {
    return this.numbers ? this.numbers[i] : i
  }

  /** Whether candle `i` is the last of its bar. */
  isLastPart(i: number): boolean {
    return this.numbers === null || this.numbers[i + 1] !== this.numbers[i]
  }

  /** The first candle of the bar that candle `i` is part of. */
  firstPart(i: number): number {
    return this.numbers ? this.numbers.indexOf(this.numbers[i]) : i
  }
}

function numberBars(barTs: Float64Array): Int32Array {
  const numbers = new Int32Array(barTs.length)
  for (let i = 1; i < barTs.length; i++) numbers[i] = numbers[i - 1] + Number(barTs[i] !== barTs[i - 1])
  return numbers
}
