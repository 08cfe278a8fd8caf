/*
 * Whole backtests as plain C loops, column by column, with the lines of kernels.c and the ways of its program: the
 * yardstick for the engine. What is traded is written out for two rule sets (see backtestRows.ts): spot, long, all of the
 * equity, fills at the next open.
 *
 *   backtest CANDLES BARS wall|cpu
 *
 * It obeys lines on standard input and answers each with one line:
 *   times NAME RUNS     the ms of each run
 *   trades NAME FILE    writes entry bar, exit bar, entry price, exit price of each trade to FILE (doubles), and says
 *                       final equity, drawdown, Sharpe, profit factor
 */
#define _POSIX_C_SOURCE 200809L
#include "kernels.c"
#define main kernels_main
#include "kernelsProgram.c"
#undef main

enum { most_lines = 8 };
static const double start_equity = 10000, fee = 0.0005, slippage = 0.0001;
static const long day_bars = 1440;

typedef struct {
  double entry_bar, exit_bar, entry_price, exit_price;
} Trade;

/* Fractions of the fill price; 0: none. */
typedef struct {
  double stop, target, trailing;
} Risk;

static Candles candles;
static double *line_of[most_lines], *equity;
static unsigned char *buy, *sell, *met;
static Trade *trades;
static double *pnl;
static long trade_count;
static double drawdown, sharpe, profit_factor;

/* 1 where x comes over y; NaN compares as false, and so fires nothing. */
static void cross_up(const double *x, const double *y, unsigned char *out) {
  out[0] = 0;
  for (long i = 1; i < candles.bars; i++) out[i] = (x[i - 1] <= y[i - 1]) & (x[i] > y[i]);
}

static void two_averages(void) {
  mean(candles.close, candles.bars, 20, line_of[0]);
  mean(candles.close, candles.bars, 100, line_of[1]);
  cross_up(line_of[0], line_of[1], buy);
  cross_up(line_of[1], line_of[0], sell);
}

static void six_conditions(void) {
  long bars = candles.bars, fired = -3;
  const double *close = candles.close, *strength = line_of[0], *average = line_of[7];
  rsi(&candles, (double[]){14}, line_of);
  macd(&candles, (double[]){12, 26, 9}, line_of + 1);
  mean(close, bars, 200, line_of[7]);
  cross_up(line_of[1], line_of[2], buy);
  for (long i = 0; i < bars; i++) {
    if (strength[i] < 40) fired = i;
    met[i] = i - fired < 3;
  }
  for (long i = 0; i < bars; i++) buy[i] &= met[i] & (close[i] > average[i]);
  for (long i = 0; i < bars; i++) sell[i] = strength[i] > 70;
  kdj(&candles, (double[]){9, 3, 3}, line_of + 1);
  cross_up(line_of[2], line_of[1], met);
  for (long i = 0; i < bars; i++) sell[i] |= met[i] & (line_of[2][i] > 80);
  boll(&candles, (double[]){20, 2}, line_of + 4);
  cross_up(line_of[5], close, met);
  for (long i = 0; i < bars; i++) sell[i] |= met[i];
}

static void trade(Risk risk) {
  const double *open = candles.open, *high = candles.high, *low = candles.low, *close = candles.close;
  long bars = candles.bars;
  double cash = start_equity, coins = 0, spent = 0, stop = 0, target = INFINITY, trailing = 0, best = 0;
  enum { nothing, enter, leave } pending = nothing;
  trade_count = 0;
  for (long i = 0; i < bars; i++) {
    double out = 0;
    if (pending == enter) {
      double price = open[i] * (1 + slippage);
      spent = cash;
      coins = spent / price * (1 - fee);
      cash = 0;
      trades[trade_count] = (Trade){.entry_bar = i, .entry_price = price};
      stop = risk.stop ? price * (1 - risk.stop) : 0;
      target = risk.target ? price * (1 + risk.target) : INFINITY;
      trailing = risk.trailing ? price * (1 - risk.trailing) : 0;
      best = price;
    } else if (pending == leave) {
      out = open[i];
    }
    pending = nothing;
    if (coins > 0 && out == 0) {
      double floor = stop > trailing ? stop : trailing;
      if (open[i] <= floor || open[i] >= target) out = open[i];
      else if (low[i] <= floor) out = floor;
      else if (high[i] >= target) out = target;
      else if (high[i] > best) {
        best = high[i];
        if (risk.trailing) trailing = best * (1 - risk.trailing);
      }
    }
    if (i == bars - 1 && coins > 0 && out == 0) out = close[i];
    if (out > 0) {
      double price = out * (1 - slippage);
      trades[trade_count].exit_bar = i;
      trades[trade_count].exit_price = price;
      cash = coins * price * (1 - fee);
      pnl[trade_count++] = cash - spent;
      coins = 0;
    }
    if (coins > 0) {
      if (sell[i]) pending = leave;
    } else if (buy[i] && !sell[i] && i < bars - 2) {
      pending = enter;
    }
    equity[i] = cash + coins * close[i];
  }
}

static void count(void) {
  long bars = candles.bars, days = 0;
  double peak = start_equity, won = 0, lost = 0, last = start_equity, sum = 0, squares = 0;
  drawdown = 0;
  for (long i = 0; i < bars; i++) {
    if (equity[i] > peak) peak = equity[i];
    double depth = (peak - equity[i]) / peak;
    if (depth > drawdown) drawdown = depth;
  }
  for (long i = day_bars - 1;; i += day_bars, days++) {
    long at = i < bars ? i : bars - 1;
    double gain = equity[at] / last - 1;
    last = equity[at];
    sum += gain;
    squares += gain * gain;
    if (i >= bars - 1) break;
  }
  days++;
  sharpe = sum / days / sqrt((squares - sum * sum / days) / (days - 1)) * sqrt(365);
  for (long k = 0; k < trade_count; k++) {
    if (pnl[k] > 0) won += pnl[k];
    else lost -= pnl[k];
  }
  profit_factor = won / lost;
}

static const struct {
  const char *name;
  void (*signals)(void);
  Risk risk;
} rule_sets[] = {
    {"two-averages", two_averages, {0, 0, 0}},
    {"six-conditions", six_conditions, {0.02, 0.04, 0.03}},
};

int main(int argc, char **argv) {
  if (argc != 4) fail("backtest CANDLES BARS wall|cpu");
  if (strcmp(argv[3], "cpu") == 0) our_clock = CLOCK_PROCESS_CPUTIME_ID;
  long bars = candles.bars = atol(argv[2]);
  size_t bytes = bars * sizeof(double);
  double *data = need(malloc(5 * bytes));
  FILE *file = fopen(argv[1], "rb");
  if (!file || fread(data, sizeof(double), 5 * bars, file) != 5 * (size_t)bars) fail("cannot read candles");
  fclose(file);
  candles.open = data;
  candles.high = data + bars;
  candles.low = data + 2 * bars;
  candles.close = data + 3 * bars;
  candles.volume = data + 4 * bars;
  for (int i = 0; i < most_lines; i++) line_of[i] = need(malloc(bytes));
  equity = need(malloc(bytes));
  pnl = need(malloc(bytes));
  trades = need(malloc(bars * sizeof(Trade)));
  buy = need(malloc(bars));
  sell = need(malloc(bars));
  met = need(malloc(bars));

  char line[4096], what[16], name[32], rest[2048];
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "%15s %31s %2047s", what, name, rest) != 3) fail("cannot read the line");
    size_t k = 0;
    while (k < sizeof rule_sets / sizeof *rule_sets && strcmp(rule_sets[k].name, name) != 0) k++;
    if (k == sizeof rule_sets / sizeof *rule_sets) fail("no such rules");
    int listed = strcmp(what, "trades") == 0;
    for (int run = listed ? 1 : atoi(rest); run > 0; run--) {
      double start = now_ms();
      rule_sets[k].signals();
      trade(rule_sets[k].risk);
      count();
      if (!listed) printf("%.6f%c", now_ms() - start, run > 1 ? ' ' : '\n');
    }
    if (listed) {
      FILE *written = fopen(rest, "wb");
      if (!written) fail("cannot write trades");
      fwrite(trades, sizeof(Trade), trade_count, written);
      fclose(written);
      printf("%.17g %.17g %.17g %.17g\n", equity[bars - 1], drawdown, sharpe, profit_factor);
    }
    fflush(stdout);
  }
  return 0;
}
