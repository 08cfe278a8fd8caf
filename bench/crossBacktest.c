/* A whole backtest of a two-average cross as a plain loop, column by column: averages, signals, fills at the next open with a
 * fee, equity at every close, drawdown, profit factor. Usage: crossBacktest CANDLES BARS FAST SLOW ROUNDS CLOCK, where the file
 * holds the columns open and close as doubles. Prints the median ms, then return, drawdown, trades and profit factor. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now_ms(int cpu) {
  struct timespec t;
  clock_gettime(cpu ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void mean(const double *x, long bars, long n, double *out) {
  double sum = 0;
  for (long i = 0; i < bars; i++) {
    sum += x[i];
    if (i >= n) sum -= x[i - n];
    out[i] = i >= n - 1 ? sum / n : 0;
  }
}

static int by_size(const void *a, const void *b) { return *(double *)a < *(double *)b ? -1 : *(double *)a > *(double *)b; }

int main(int argc, char **argv) {
  if (argc != 7) return 2;
  long bars = atol(argv[2]), fast = atol(argv[3]), slow = atol(argv[4]), rounds = atol(argv[5]);
  int cpu = strcmp(argv[6], "cpu") == 0;
  double *open = malloc(8 * bars), *close = malloc(8 * bars), *f = malloc(8 * bars), *s = malloc(8 * bars);
  double *equity = malloc(8 * bars), *ms = malloc(8 * rounds);
  char *above = malloc(bars), *under = malloc(bars), *buy = malloc(bars), *sell = malloc(bars);
  FILE *file = fopen(argv[1], "rb");
  if (!file || fread(open, 8, bars, file) != (size_t)bars || fread(close, 8, bars, file) != (size_t)bars) return 1;
  double cash = 0, deepest = 0, won = 0, lost = 0;
  long trades = 0;
  for (long r = 0; r < rounds; r++) {
    double start = now_ms(cpu);
    mean(close, bars, fast, f);
    mean(close, bars, slow, s);
    for (long i = 0; i < bars; i++) above[i] = i >= slow - 1 && f[i] > s[i];
    for (long i = 0; i < bars; i++) under[i] = i >= slow - 1 && f[i] < s[i];
    buy[0] = sell[0] = 0;
    for (long i = 1; i < bars; i++) buy[i] = i >= slow && above[i] && !above[i - 1];
    for (long i = 1; i < bars; i++) sell[i] = i >= slow && under[i] && !under[i - 1];
    const double fee = 0.001;
    double coins = 0, spent = 0;
    int pending = 0;
    cash = 10000, won = lost = deepest = 0, trades = 0;
    for (long i = 0; i < bars; i++) {
      if (pending == 1) spent = cash, coins = cash * (1 - fee) / open[i], cash = 0;
      if (pending == 2) {
        cash = coins * open[i] * (1 - fee), coins = 0, trades++;
        if (cash > spent) won += cash - spent;
        else lost += spent - cash;
      }
      pending = coins == 0 && buy[i] && i < bars - 2 ? 1 : coins > 0 && sell[i] && i < bars - 1 ? 2 : 0;
      if (i == bars - 1 && coins > 0) {
        cash = coins * close[i] * (1 - fee), coins = 0, trades++;
        if (cash > spent) won += cash - spent;
        else lost += spent - cash;
      }
      equity[i] = cash + coins * close[i];
    }
    double high = 10000;
    for (long i = 0; i < bars; i++) {
      if (equity[i] >= high) high = equity[i];
      else if ((high - equity[i]) / high > deepest) deepest = (high - equity[i]) / high;
    }
    ms[r] = now_ms(cpu) - start;
  }
  qsort(ms, rounds, 8, by_size);
  printf("%.6f %.12g %.12g %ld %.12g\n", ms[rounds / 2], (cash / 10000 - 1) * 100, deepest * 100, trades, won / lost);
  return 0;
}
