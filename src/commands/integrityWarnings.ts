import type { Badge } from '../charts/spec.js'
import { assumedFundingRate } from '../domain/backtest/funding.js'
import type { BacktestResult } from '../domain/backtest/result.js'
import { assumedTiers } from '../domain/trading/margin.js'
import type { Translator } from '../i18n.js'

/** Something that must be known before the figures are believed. */
interface Finding {
  tone: 'red' | 'amber'
  /** In a few words, for a picture. */
  short: string
  /** In a sentence. */
  text: string
}

/** Beyond this part of the money at stake, cash ledger and trades differ by more than rounding. */
const roundingPart = 1e-6
const signs: Record<Badge['tone'], string> = { green: '🟢', amber: '🟠', red: '🔴' }

/** A line for each finding, the gravest first, or one that says that there is none. */
export function integrityWarnings(result: BacktestResult, t: Translator): string[] {
  const findings = findingsOf(result, t)
  if (findings.length === 0) return [`${signs.green} ${t('badge-fine')}`]
  return findings.map(({ tone, text }) => `${signs[tone]} ${text}`)
}

/** How far a result can be believed: its gravest finding, and how many there are besides. */
export function integrityBadge(result: BacktestResult, t: Translator): Badge {
  const [gravest, ...others] = findingsOf(result, t)
  if (!gravest) return { tone: 'green', text: t('badge-fine') }
  const { tone, short } = gravest
  return { tone, text: others.length === 0 ? short : t('badge-more', { finding: short, count: others.length }) }
}

function findingsOf(result: BacktestResult, t: Translator): Finding[] {
  return [...graveFindings(result, t), ...doubtfulFindings(result, t), ...assumptions(result, t)].filter(
    (finding) => finding !== null,
  )
}

function graveFindings({ integrity, stats }: BacktestResult, t: Translator): (Finding | null)[] {
  const { look_ahead_ok, tick_on_closes, ledger_difference } = integrity
  const isOff = Math.abs(ledger_difference) > roundingPart * Math.max(stats.start_equity, stats.final_equity)
  const red = (short: string, text: string): Finding => ({ tone: 'red', short: t(short), text: t(text) })
  return [
    look_ahead_ok ? null : red('badge-look-ahead', 'backtest-warning-look-ahead'),
    isOff ? red('badge-ledger', 'backtest-warning-ledger') : null,
    tick_on_closes ? red('badge-tick', 'backtest-warning-tick') : null,
  ]
}

function amber(short: string, text: string): Finding {
  return { tone: 'amber', short, text }
}

function doubtfulFindings(result: BacktestResult, t: Translator): (Finding | null)[] {
  const { warm_up, gaps, out_of_sample, in_sample, enough_trades, bars_without_detail, doubled_slippage } =
    result.integrity
  const { total_return_pct, trades } = result.stats
  const signed = (value: number) => t.percent(value, { sign: true })
  return [
    enough_trades ? null : amber(t('badge-few-trades', { count: trades }), t('backtest-warning-few-trades')),
    in_sample.return_pct > 0 && out_of_sample.return_pct < 0
      ? amber(
          t('badge-halves'),
          t('backtest-warning-halves', {
            first: signed(in_sample.return_pct),
            second: signed(out_of_sample.return_pct),
          }),
        )
      : null,
    total_return_pct > 0 && doubled_slippage.return_pct <= 0
      ? amber(
          t('badge-slippage'),
          t('backtest-warning-slippage', {
            slippage: t.number(doubled_slippage.slippage_bps),
            return: signed(doubled_slippage.return_pct),
          }),
        )
      : null,
    gaps.ok
      ? null
      : amber(
          t('badge-gaps', { count: gaps.missing_bars }),
          t('backtest-warning-gaps', { count: gaps.missing_bars, first: t.dateTime(gaps.first?.fromTs) }),
        ),
    warm_up.ok
      ? null
      : amber(t('badge-warm-up'), t('backtest-warning-warm-up', { bars: warm_up.bars, wanted: warm_up.wanted })),
    bars_without_detail === 0
      ? null
      : amber(
          t('badge-detail'),
          t('backtest-warning-detail', { count: bars_without_detail, bar: result.detail_bar ?? '' }),
        ),
  ]
}

function assumptions({ integrity }: BacktestResult, t: Translator): (Finding | null)[] {
  const { assumed, refused_entries } = integrity
  const { mmr } = assumedTiers[0]
  return [
    assumed.size_rules ? amber(t('badge-assumed-sizes'), t('backtest-assumed-sizes')) : null,
    assumed.tiers
      ? amber(t('badge-assumed-tiers'), t('backtest-assumed-tiers', { rate: t.percent(mmr * 100, { decimals: 1 }) }))
      : null,
    assumed.funding_payments > 0
      ? amber(
          t('badge-assumed-funding'),
          t('backtest-assumed-funding', {
            count: assumed.funding_payments,
            rate: t.percent(assumedFundingRate * 100),
          }),
        )
      : null,
    ...refused_entries.map(({ reason, count }) =>
      amber(t('badge-refused', { count }), t(`backtest-refused-${reason}`, { count })),
    ),
  ]
}
