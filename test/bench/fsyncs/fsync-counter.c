// Counts fsync and fdatasync of the process it is preloaded into, and the nanoseconds they take, in the file that BENCH_FSYNC_COUNTS
// names: two unsigned 64-bit numbers of the machine's byte order. Nothing else changes.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

struct counts {
  _Atomic uint64_t calls;
  _Atomic uint64_t nanoseconds;
};
static struct counts nowhere;
static struct counts *counts = &nowhere;
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

__attribute__((constructor)) static void begin(void) {
  real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  const char *path = getenv("BENCH_FSYNC_COUNTS");
  if (path == NULL) return;
  int file = open(path, O_RDWR | O_CREAT, 0600);
  if (file < 0 || ftruncate(file, sizeof(struct counts)) != 0) return;
  void *mapped = mmap(NULL, sizeof(struct counts), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (mapped != MAP_FAILED) counts = mapped;
}

static int counted(int (*real)(int), int file) {
  struct timespec before, after;
  clock_gettime(CLOCK_MONOTONIC, &before);
  int result = real(file);
  clock_gettime(CLOCK_MONOTONIC, &after);
  counts->calls += 1;
  counts->nanoseconds += (uint64_t)((after.tv_sec - before.tv_sec) * 1000000000LL + (after.tv_nsec - before.tv_nsec));
  return result;
}

int fsync(int file) { return counted(real_fsync, file); }
int fdatasync(int file) { return counted(real_fdatasync, file); }
