#include <stddef.h>

typedef struct {
  long bars;
  const double *open, *high, *low, *close, *volume;
} Candles;

typedef struct {
  const char *name;
  void (*run)(const Candles *, const double *, double **);
  int lines;
  int columns; /* the lines, and columns that it works in */
} Kernel;

extern const Kernel kernels[];
extern const size_t kernel_count;
