import { type ChartMark, type ChartSeries, comparedRoles } from './spec.js'
import type { JsonObject } from './textRow.js'
import type { ChartTheme } from './theme.js'

const heavyRoles: readonly ChartSeries['role'][] = ['equity', ...comparedRoles]

/** Dashes tell apart what many eyes see in one colour. */
const dashes: Partial<Record<ChartSeries['role'], number[]>> = {
  benchmark: [5, 3],
  compared_4: [7, 3],
  compared_5: [2, 2],
  compared_6: [7, 3, 2, 3],
}

/** How the line of a series is drawn, in its panel and as key of the legend. */
export function lineLook(series: ChartSeries, theme: ChartTheme): JsonObject {
  return {
    borderColor: theme.series[series.role].line,
    borderWidth: heavyRoles.includes(series.role) ? 2 : 1.5,
    borderDash: dashes[series.role] ?? [],
    borderJoinStyle: 'round',
    pointRadius: 0,
  }
}

interface MarkShape {
  pointStyle: string
  pointRotation: number
  /** Makes the shapes look equally large. */
  scale: number
  /** An outline: a signal is not yet a trade. */
  isHollow?: boolean
}

/** The shape alone tells the kinds of mark apart. */
const markShapes: Record<ChartMark['kind'], MarkShape> = {
  long_entry: { pointStyle: 'triangle', pointRotation: 0, scale: 1.1 },
  short_entry: { pointStyle: 'triangle', pointRotation: 180, scale: 1.1 },
  winning_exit: { pointStyle: 'circle', pointRotation: 0, scale: 0.8 },
  losing_exit: { pointStyle: 'crossRot', pointRotation: 0, scale: 0.9 },
  liquidation: { pointStyle: 'rectRot', pointRotation: 0, scale: 1.2 },
  buy_signal: { pointStyle: 'triangle', pointRotation: 0, scale: 1.1, isHollow: true },
  sell_signal: { pointStyle: 'triangle', pointRotation: 180, scale: 1.1, isHollow: true },
}

const markKinds = Object.keys(markShapes) as ChartMark['kind'][]

/** The kinds that occur, each with its marks. */
export function marksByKind(marks: readonly ChartMark[]): [ChartMark['kind'], ChartMark[]][] {
  return markKinds
    .map((kind): [ChartMark['kind'], ChartMark[]] => [kind, marks.filter((mark) => mark.kind === kind)])
    .filter(([, ofKind]) => ofKind.length > 0)
}

/** How large the marks of a panel are, and whether those that others hide are left out. */
export interface MarkSize {
  radius: number
  rimPx: number
  leavesOutHidden: boolean
}

export const keySize: MarkSize = { radius: 5, rimPx: 0, leavesOutHidden: false }

/** The more marks, the smaller. Beyond the last of these they would lie upon each other in heaps. */
const markSizes: (MarkSize & { upTo: number })[] = [
  { upTo: 40, radius: 6, rimPx: 1, leavesOutHidden: false },
  { upTo: 120, radius: 5, rimPx: 1, leavesOutHidden: false },
  { upTo: 400, radius: 3.5, rimPx: 0, leavesOutHidden: false },
]
const smallestSize: MarkSize = { radius: 2.25, rimPx: 0, leavesOutHidden: true }

export function markSize(count: number): MarkSize {
  return markSizes.find(({ upTo }) => count <= upTo) ?? smallestSize
}

/** How a kind of mark is drawn, in its panel and as key of the legend. */
export function markLook(kind: ChartMark['kind'], size: MarkSize, theme: ChartTheme): JsonObject {
  const { pointStyle, pointRotation, scale, isHollow = false } = markShapes[kind]
  const color = theme.marks[kind]
  const isLined = isHollow || pointStyle === 'crossRot'
  return {
    pointStyle,
    pointRotation,
    showLine: false,
    pointRadius: size.radius * scale,
    pointBackgroundColor: isHollow ? theme.background : color,
    pointBorderColor: isLined ? color : theme.background,
    pointBorderWidth: isLined ? Math.max(1.25, size.radius * 0.4) : size.rimPx,
  }
}
