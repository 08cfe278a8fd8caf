/*
 *   kernels CANDLES BARS wall|cpu
 *
 * CANDLES is a file: open, high, low, close, volume, each BARS doubles, one column after the other.
 *
 * It then obeys lines on standard input and answers each with one line:
 *   kept NAME RUNS P...      the ms of each run, into columns that were written before
 *   fresh NAME RUNS P...     the ms of each run, into columns that it allocates and gives back
 *   lines NAME FILE P...     writes the lines to FILE, one after the other, and says how many
 */
#define _POSIX_C_SOURCE 200809L
#include "kernels.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { most_columns = 3, most_params = 4 };

static clockid_t our_clock = CLOCK_MONOTONIC;

static double now_ms(void) {
  struct timespec t;
  clock_gettime(our_clock, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static const Kernel *find(const char *name) {
  for (size_t i = 0; i < kernel_count; i++)
    if (strcmp(kernels[i].name, name) == 0) return &kernels[i];
  return NULL;
}

static void *need(void *memory) {
  if (memory) return memory;
  fputs("out of memory\n", stderr);
  exit(1);
}

static void fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

int main(int argc, char **argv) {
  if (argc != 4) fail("kernels CANDLES BARS wall|cpu");
  if (strcmp(argv[3], "cpu") == 0) our_clock = CLOCK_PROCESS_CPUTIME_ID;
  Candles candles = {.bars = atol(argv[2])};
  size_t bytes = candles.bars * sizeof(double);
  double *data = need(malloc(5 * bytes));
  FILE *file = fopen(argv[1], "rb");
  if (!file || fread(data, sizeof(double), 5 * candles.bars, file) != 5 * (size_t)candles.bars) fail("cannot read candles");
  fclose(file);
  candles.open = data;
  candles.high = data + candles.bars;
  candles.low = data + 2 * candles.bars;
  candles.close = data + 3 * candles.bars;
  candles.volume = data + 4 * candles.bars;
  double *kept[most_columns], *out[most_columns];
  for (int i = 0; i < most_columns; i++) {
    kept[i] = need(malloc(bytes));
    memset(kept[i], 0, bytes);
  }

  char line[4096], what[16], name[16], path[2048];
  while (fgets(line, sizeof line, stdin)) {
    int read = 0;
    double params[most_params] = {0};
    if (sscanf(line, "%15s %15s %2047s%n", what, name, path, &read) != 3) fail("cannot read the line");
    char *rest = line + read;
    for (int i = 0; i < most_params; i++) params[i] = strtod(rest, &rest);
    const Kernel *kernel = find(name);
    if (!kernel) fail("no such kernel");
    if (strcmp(what, "lines") == 0) {
      kernel->run(&candles, params, kept);
      FILE *written = fopen(path, "wb");
      if (!written) fail("cannot write lines");
      for (int i = 0; i < kernel->lines; i++) fwrite(kept[i], sizeof(double), candles.bars, written);
      fclose(written);
      printf("%d\n", kernel->lines);
    } else {
      int fresh = strcmp(what, "fresh") == 0;
      for (int run = atoi(path); run > 0; run--) {
        double start = now_ms();
        for (int i = 0; i < kernel->columns; i++) out[i] = fresh ? need(malloc(bytes)) : kept[i];
        kernel->run(&candles, params, out);
        for (int i = 0; fresh && i < kernel->columns; i++) free(out[i]);
        printf("%.6f%c", now_ms() - start, run > 1 ? ' ' : '\n');
      }
    }
    fflush(stdout);
  }
  return 0;
}
