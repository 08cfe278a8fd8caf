/*
 * The indicators of src/domain/indicators as plain C loops: columns in, columns out, NaN before the warm-up. They are the
 * yardstick for the kernels in TypeScript: what one would write down first, with nothing unrolled or vectorised by hand.
 */
#include "kernels.h"
#include <math.h>

static void blank(double *out, long count) {
  for (long i = 0; i < count; i++) out[i] = NAN;
}

static long at_most(long wanted, long bars) { return wanted < bars ? wanted : bars; }

/* out = the mean of the last n values */
static void mean(const double *x, long bars, long n, double *out) {
  double sum = 0;
  blank(out, at_most(n - 1, bars));
  if (bars < n) return;
  for (long i = 0; i < n; i++) sum += x[i];
  out[n - 1] = sum / n;
  for (long i = n; i < bars; i++) {
    sum += x[i] - x[i - n];
    out[i] = sum / n;
  }
}

static void sma(const Candles *c, const double *p, double **out) { mean(c->close, c->bars, (long)p[0], out[0]); }

static void ema(const Candles *c, const double *p, double **out) {
  const double *x = c->close;
  long n = (long)p[0];
  double alpha = 2.0 / (n + 1), average = 0;
  blank(out[0], at_most(n - 1, c->bars));
  if (c->bars < n) return;
  for (long i = 0; i < n; i++) average += x[i];
  average /= n;
  out[0][n - 1] = average;
  for (long i = n; i < c->bars; i++) {
    average += alpha * (x[i] - average);
    out[0][i] = average;
  }
}

static void wma(const Candles *c, const double *p, double **out) {
  const double *x = c->close;
  long n = (long)p[0];
  double weights = n * (n + 1) / 2.0, sum = 0, weighted = 0;
  blank(out[0], at_most(n - 1, c->bars));
  if (c->bars < n) return;
  for (long i = 0; i < n; i++) {
    sum += x[i];
    weighted += (i + 1) * x[i];
  }
  out[0][n - 1] = weighted / weights;
  for (long i = n; i < c->bars; i++) {
    weighted += n * x[i] - sum;
    sum += x[i] - x[i - n];
    out[0][i] = weighted / weights;
  }
}

/* fast < slow */
static void macd(const Candles *c, const double *p, double **out) {
  const double *x = c->close;
  double *dif = out[0], *dea = out[1], *hist = out[2];
  long fast_n = (long)p[0], slow_n = (long)p[1], signal_n = (long)p[2], first = slow_n + signal_n - 2;
  double fast_alpha = 2.0 / (fast_n + 1), slow_alpha = 2.0 / (slow_n + 1), signal_alpha = 2.0 / (signal_n + 1);
  double fast = 0, slow = 0, signal = 0;
  blank(dif, at_most(slow_n - 1, c->bars));
  blank(dea, at_most(first, c->bars));
  blank(hist, at_most(first, c->bars));
  if (c->bars <= first) return;
  for (long i = 0; i < fast_n; i++) fast += x[i];
  fast /= fast_n;
  for (long i = fast_n; i < slow_n; i++) fast += fast_alpha * (x[i] - fast);
  for (long i = 0; i < slow_n; i++) slow += x[i];
  slow /= slow_n;
  dif[slow_n - 1] = fast - slow;
  for (long i = slow_n; i <= first; i++) {
    fast += fast_alpha * (x[i] - fast);
    slow += slow_alpha * (x[i] - slow);
    dif[i] = fast - slow;
  }
  for (long i = slow_n - 1; i <= first; i++) signal += dif[i];
  signal /= signal_n;
  dea[first] = signal;
  hist[first] = dif[first] - signal;
  for (long i = first + 1; i < c->bars; i++) {
    fast += fast_alpha * (x[i] - fast);
    slow += slow_alpha * (x[i] - slow);
    dif[i] = fast - slow;
    signal += signal_alpha * (dif[i] - signal);
    dea[i] = signal;
    hist[i] = dif[i] - signal;
  }
}

static double highest(const double *x, long from, long to) {
  double best = x[from];
  for (long i = from + 1; i <= to; i++) best = best > x[i] ? best : x[i];
  return best;
}

static double lowest(const double *x, long from, long to) {
  double best = x[from];
  for (long i = from + 1; i <= to; i++) best = best < x[i] ? best : x[i];
  return best;
}

static void kdj(const Candles *c, const double *p, double **out) {
  long n = (long)p[0];
  double a1 = 1 / p[1], a2 = 1 / p[2], rsv = 50, k = 50, d = 50;
  for (int line = 0; line < 3; line++) blank(out[line], at_most(n - 1, c->bars));
  for (long i = n - 1; i < c->bars; i++) {
    double high = highest(c->high, i - n + 1, i), low = lowest(c->low, i - n + 1, i);
    if (high > low) rsv = 100 * (c->close[i] - low) / (high - low);
    k += (rsv - k) * a1;
    d += (k - d) * a2;
    out[0][i] = k;
    out[1][i] = d;
    out[2][i] = 3 * k - 2 * d;
  }
}

/* Sums of x - the first close, which keeps the digits that the variance needs. */
static void boll(const Candles *c, const double *p, double **out) {
  const double *x = c->close;
  long n = (long)p[0];
  double k = p[1], sum = 0, squares = 0;
  for (int line = 0; line < 3; line++) blank(out[line], at_most(n - 1, c->bars));
  if (c->bars < n) return;
  double base = x[0];
  for (long i = 0; i < c->bars; i++) {
    double in = x[i] - base;
    sum += in;
    squares += in * in;
    if (i >= n) {
      double gone = x[i - n] - base;
      sum -= gone;
      squares -= gone * gone;
    }
    if (i >= n - 1) {
      double average = sum / n, variance = squares / n - average * average;
      double deviation = k * sqrt(variance > 0 ? variance : 0);
      out[0][i] = base + average;
      out[1][i] = base + average + deviation;
      out[2][i] = base + average - deviation;
    }
  }
}

static double strength(double gain, double loss) { return gain + loss == 0 ? 50 : 100 * (gain / (gain + loss)); }

static void rsi(const Candles *c, const double *p, double **out) {
  const double *x = c->close;
  long n = (long)p[0];
  double alpha = 1.0 / n, gain = 0, loss = 0;
  blank(out[0], at_most(n, c->bars));
  if (c->bars <= n) return;
  for (long i = 1; i <= n; i++) {
    double change = x[i] - x[i - 1];
    gain += change > 0 ? change : 0;
    loss += change < 0 ? -change : 0;
  }
  gain /= n;
  loss /= n;
  out[0][n] = strength(gain, loss);
  for (long i = n + 1; i < c->bars; i++) {
    double change = x[i] - x[i - 1];
    gain += alpha * ((change > 0 ? change : 0) - gain);
    loss += alpha * ((change < 0 ? -change : 0) - loss);
    out[0][i] = strength(gain, loss);
  }
}

static void bbi(const Candles *c, const double *p, double **out) {
  const double *x = c->close;
  double sums[4] = {0, 0, 0, 0};
  long longest = 0;
  for (int m = 0; m < 4; m++) longest = p[m] > longest ? (long)p[m] : longest;
  blank(out[0], at_most(longest - 1, c->bars));
  long n0 = (long)p[0], n1 = (long)p[1], n2 = (long)p[2], n3 = (long)p[3];
  for (long i = 0; i < at_most(longest, c->bars); i++) {
    for (int m = 0; m < 4; m++) {
      sums[m] += x[i];
      if (i >= (long)p[m]) sums[m] -= x[i - (long)p[m]];
    }
  }
  if (c->bars < longest) return;
  double s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  out[0][longest - 1] = (s0 / n0 + s1 / n1 + s2 / n2 + s3 / n3) / 4;
  for (long i = longest; i < c->bars; i++) {
    s0 += x[i] - x[i - n0];
    s1 += x[i] - x[i - n1];
    s2 += x[i] - x[i - n2];
    s3 += x[i] - x[i - n3];
    out[0][i] = (s0 / n0 + s1 / n1 + s2 / n2 + s3 / n3) / 4;
  }
}

/* out[1] is a column of its own for the typical prices. */
static void cci(const Candles *c, const double *p, double **out) {
  double *typical = out[1], sum = 0;
  long n = (long)p[0];
  blank(out[0], at_most(n - 1, c->bars));
  for (long i = 0; i < c->bars; i++) {
    typical[i] = (c->high[i] + c->low[i] + c->close[i]) / 3;
    sum += typical[i];
    if (i >= n) sum -= typical[i - n];
    if (i < n - 1) continue;
    double average = sum / n, deviation = 0;
    for (long j = i - n + 1; j <= i; j++) deviation += fabs(typical[j] - average);
    deviation /= n;
    out[0][i] = deviation == 0 ? 0 : (typical[i] - average) / (0.015 * deviation);
  }
}

static double true_range(const Candles *c, long i) {
  double before = c->close[i - 1], range = c->high[i] - c->low[i];
  double up = fabs(c->high[i] - before), down = fabs(c->low[i] - before);
  if (up > range) range = up;
  if (down > range) range = down;
  return range;
}

static void atr(const Candles *c, const double *p, double **out) {
  long n = (long)p[0];
  double average = 0, alpha = 1.0 / n;
  blank(out[0], at_most(n, c->bars));
  if (c->bars <= n) return;
  for (long i = 1; i <= n; i++) average += true_range(c, i);
  average /= n;
  out[0][n] = average;
  for (long i = n + 1; i < c->bars; i++) {
    average += alpha * (true_range(c, i) - average);
    out[0][i] = average;
  }
}

static void vol(const Candles *c, const double *p, double **out) {
  mean(c->volume, c->bars, (long)p[0], out[0]);
  for (long i = (long)p[0] - 1; i < c->bars; i++) out[0][i] = c->volume[i] / out[0][i];
}

/* Adds bar i to Wilder's three running sums, as TA-Lib does. */
static void move(const Candles *c, long i, double *plus, double *minus, double *range) {
  double up = c->high[i] - c->high[i - 1], down = c->low[i - 1] - c->low[i];
  if (down > 0 && up < down) *minus += down;
  else if (up > 0 && up > down) *plus += up;
  *range += true_range(c, i);
}

static void adx(const Candles *c, const double *p, double **out) {
  long n = (long)p[0], first = 2 * n - 1;
  double plus = 0, minus = 0, range = 0, sum = 0, average = 0, alpha = 1.0 / n;
  blank(out[0], at_most(first, c->bars));
  blank(out[1], at_most(n, c->bars));
  blank(out[2], at_most(n, c->bars));
  for (long i = 1; i < at_most(n, c->bars); i++) move(c, i, &plus, &minus, &range);
  for (long i = n; i < c->bars; i++) {
    plus -= alpha * plus;
    minus -= alpha * minus;
    range -= alpha * range;
    move(c, i, &plus, &minus, &range);
    double plus_di = range > 0 ? 100 * plus / range : 0, minus_di = range > 0 ? 100 * minus / range : 0;
    double both = plus_di + minus_di, dx = both > 0 ? 100 * fabs(plus_di - minus_di) / both : 0;
    out[1][i] = plus_di;
    out[2][i] = minus_di;
    if (i <= first) {
      sum += dx;
      average = sum / n;
    } else {
      average += alpha * (dx - average);
    }
    if (i >= first) out[0][i] = average;
  }
}

static void supertrend(const Candles *c, const double *p, double **out) {
  long n = (long)p[0];
  double multiplier = p[1], alpha = 1.0 / n, average = 0, upper = INFINITY, lower = -INFINITY;
  int up = 1;
  blank(out[0], at_most(n, c->bars));
  blank(out[1], at_most(n, c->bars));
  for (long i = 1; i < c->bars; i++) {
    double range = true_range(c, i);
    if (i <= n) average += range / n;
    else average += alpha * (range - average);
    if (i < n) continue;
    double middle = (c->high[i] + c->low[i]) / 2, before = c->close[i - 1];
    double upper_now = middle + multiplier * average, lower_now = middle - multiplier * average;
    upper = upper_now < upper || before > upper ? upper_now : upper;
    lower = lower_now > lower || before < lower ? lower_now : lower;
    if (up && c->close[i] < lower) up = 0;
    else if (!up && c->close[i] > upper) up = 1;
    out[0][i] = up ? lower : upper;
    out[1][i] = up ? 1 : -1;
  }
}

static void donchian(const Candles *c, const double *p, double **out) {
  long n = (long)p[0];
  blank(out[0], at_most(n, c->bars));
  blank(out[1], at_most(n, c->bars));
  for (long i = n; i < c->bars; i++) {
    out[0][i] = highest(c->high, i - n, i - 1);
    out[1][i] = lowest(c->low, i - n, i - 1);
  }
}

const Kernel kernels[] = {
    {"SMA", sma, 1, 1},   {"EMA", ema, 1, 1}, {"WMA", wma, 1, 1}, {"MACD", macd, 3, 3},
    {"KDJ", kdj, 3, 3},   {"BOLL", boll, 3, 3}, {"RSI", rsi, 1, 1}, {"BBI", bbi, 1, 1},
    {"CCI", cci, 1, 2},   {"ATR", atr, 1, 1}, {"VOL", vol, 1, 1}, {"ADX", adx, 3, 3},
    {"SUPERTREND", supertrend, 2, 2},         {"DONCHIAN", donchian, 2, 2},
};

const size_t kernel_count = sizeof kernels / sizeof *kernels;
