import { assumedFundingRate } from '../domain/backtest/funding.js'
import type { BacktestResult } from '../domain/backtest/result.js'
import { assumedTiers } from '../domain/trading/margin.js'
import type { Translator } from '../i18n.js'

/** What must be known before the figures are believed, the gravest first; nothing where all is well. */
export function integrityWarnings(result: BacktestResult, t: Translator): string[] {
  const { warm_up, gaps, out_of_sample, in_sample, enough_trades, bars_without_detail } = result.integrity
  const { assumed, refused_entries } = result.integrity
  const { mmr } = assumedTiers[0]
  const warnings = [
    warm_up.ok ? null : t('backtest-warning-warm-up', { bars: warm_up.bars, wanted: warm_up.wanted }),
    gaps.ok ? null : t('backtest-warning-gaps', { count: gaps.missing_bars, first: t.dateTime(gaps.first?.fromTs) }),
    bars_without_detail === 0
      ? null
      : t('backtest-warning-detail', { count: bars_without_detail, bar: result.detail_bar ?? '' }),
    enough_trades ? null : t('backtest-warning-few-trades'),
    in_sample.return_pct > 0 && out_of_sample.return_pct < 0
      ? t('backtest-warning-halves', {
          first: t.percent(in_sample.return_pct, { sign: true }),
          second: t.percent(out_of_sample.return_pct, { sign: true }),
        })
      : null,
    assumed.size_rules ? t('backtest-assumed-sizes') : null,
    assumed.tiers ? t('backtest-assumed-tiers', { rate: t.percent(mmr * 100, { decimals: 1 }) }) : null,
    assumed.funding_payments > 0
      ? t('backtest-assumed-funding', {
          count: assumed.funding_payments,
          rate: t.percent(assumedFundingRate * 100),
        })
      : null,
    ...refused_entries.map(({ reason, count }) => t(`backtest-refused-${reason}`, { count })),
  ].filter((warning) => warning !== null)
  return [...graveFindings(result, t).map((finding) => `🔴 ${finding}`), ...warnings.map((warning) => `⚠ ${warning}`)]
}

/** The badge of a result whose figures are not to be believed as they stand; null for all others. */
export function integrityBadge(result: BacktestResult, t: Translator): string | null {
  const { look_ahead_ok, tick_on_closes } = result.integrity
  if (!look_ahead_ok) return t('badge-look-ahead')
  return tick_on_closes ? t('badge-tick') : null
}

function graveFindings({ integrity }: BacktestResult, t: Translator): string[] {
  const { look_ahead_ok, tick_on_closes } = integrity
  return [
    look_ahead_ok ? null : t('backtest-warning-look-ahead'),
    tick_on_closes ? t('backtest-warning-tick') : null,
  ].filter((finding) => finding !== null)
}
