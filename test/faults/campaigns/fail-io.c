/*
 * LD_PRELOAD library of the fsync campaign. Below the folders it is told to watch it fails chosen calls and writes every call that
 * changed something to a log, with its data, so that the campaign can say what a disk would hold (disk-model.ts). It is told by opening
 * paths that do not exist:
 *   /.fail-io/watch/PATH   what lies below PATH is watched from now on
 *   /.fail-io/log/PATH     begins a log there; an empty PATH ends it
 *   /.fail-io/plan/OPS,NTH,TIMES,HOW,PART
 *        fails the NTH call (1: the next) of OPS (w write, s fsync, t ftruncate, r rename) on files whose path contains PART, and so many
 *        after it (TIMES, 0: for ever). HOW: an errno, "short" (half is written and said so) or "torn" (half is written, EIO).
 *   /.fail-io/clear        no plan any more
 *   /.fail-io/dead/1       the process is as good as dead: calls say that they worked, and do nothing. /0: it lives again
 * Record in the log, little endian: u8 op, u8 ok, u16 length of path, u32 open file, u64 inode, i64 offset, u64 length of data; then the
 * path, then the data. Ops: O open, W write, S fsync, T ftruncate (offset: new size), R rename (data: the new path), U unlink.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FDS 4096
#define MOST_WATCHED 8
#define MOST_PLANS 8
#define CONTROL "/.fail-io/"

struct plan {
  char ops[8];
  long nth, times, seen;
  int how; /* errno, or one of the two below */
  char part[64];
};
enum { SHORT = -1, TORN = -2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char watched[MOST_WATCHED][PATH_MAX];
static int watched_count;
static struct plan plans[MOST_PLANS];
static int plan_count;
static int log_fd = -1;
static int dead;
static struct {
  uint32_t open_id;
  uint64_t inode;
  char *path;
} table[MOST_FDS];
static uint32_t next_open = 1;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) {
  /* dlsym is quick enough, and needs no order of initialization. */
  return dlsym(RTLD_NEXT, name);
}

static void raw(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t done = syscall(SYS_write, log_fd, at, length);
    if (done <= 0) abort();
    at += done;
    length -= (size_t)done;
  }
}

static void note(char op, int ok, const char *path, uint32_t open_id, uint64_t inode, int64_t offset, const void *data, uint64_t length) {
  if (log_fd < 0) return;
  uint16_t path_length = (uint16_t)strlen(path);
  unsigned char head[32];
  uint8_t good = (uint8_t)ok;
  memcpy(head, &op, 1);
  memcpy(head + 1, &good, 1);
  memcpy(head + 2, &path_length, 2);
  memcpy(head + 4, &open_id, 4);
  memcpy(head + 8, &inode, 8);
  memcpy(head + 16, &offset, 8);
  memcpy(head + 24, &length, 8);
  raw(head, sizeof head);
  raw(path, path_length);
  raw(data, length);
}

static int is_watched(const char *path) {
  for (int n = 0; n < watched_count; n++) {
    size_t length = strlen(watched[n]);
    if (strncmp(path, watched[n], length) == 0 && (path[length] == '/' || path[length] == '\0')) return 1;
  }
  return 0;
}

/* 0: goes through. Else the plan's HOW. */
static int fault(char op, const char *path) {
  int hit = 0;
  for (int n = 0; n < plan_count; n++) {
    struct plan *p = &plans[n];
    if (strchr(p->ops, op) == NULL || strstr(path, p->part) == NULL) continue;
    // Written many times a second and relied on by nothing: counted, it would leave fewer faults for the rest.
    if (strstr(path, "/at-work") != NULL && strcmp(p->part, "/at-work") != 0) continue;
    p->seen += 1;
    if (p->seen >= p->nth && (p->times == 0 || p->seen < p->nth + p->times) && hit == 0) hit = p->how;
  }
  return hit;
}

static int known(int fd) { return fd >= 0 && fd < MOST_FDS && table[fd].path != NULL; }

static int control(const char *command) {
  if (strncmp(command, "watch/", 6) == 0 && watched_count < MOST_WATCHED) {
    snprintf(watched[watched_count++], PATH_MAX, "%s", command + 6);
  } else if (strncmp(command, "forget", 6) == 0) {
    watched_count = 0;
  } else if (strncmp(command, "log/", 4) == 0) {
    if (log_fd >= 0) syscall(SYS_close, log_fd);
    log_fd = command[4] == '\0' ? -1 : (int)syscall(SYS_openat, AT_FDCWD, command + 4, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  } else if (strncmp(command, "plan/", 5) == 0 && plan_count < MOST_PLANS) {
    struct plan *p = &plans[plan_count];
    char how[16] = "";
    memset(p, 0, sizeof *p);
    if (sscanf(command + 5, "%7[^,],%ld,%ld,%15[^,],%63[^\n]", p->ops, &p->nth, &p->times, how, p->part) >= 4) plan_count += 1;
    p->how = strcmp(how, "short") == 0 ? SHORT : strcmp(how, "torn") == 0 ? TORN : atoi(how);
  } else if (strncmp(command, "clear", 5) == 0) {
    plan_count = 0;
  } else if (strncmp(command, "dead/", 5) == 0) {
    dead = command[5] == '1';
  } else {
    errno = EINVAL;
    return -1;
  }
  return (int)syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY | O_CLOEXEC, 0);
}

static int opened(int fd, const char *path) {
  if (fd < 0 || fd >= MOST_FDS || !is_watched(path)) return fd;
  struct stat st;
  if (fstat(fd, &st) != 0) return fd;
  free(table[fd].path);
  table[fd].path = strdup(path);
  table[fd].inode = (uint64_t)st.st_ino;
  table[fd].open_id = next_open++;
  /* offset: the size it has now, so that an O_TRUNC is seen. */
  note('O', S_ISDIR(st.st_mode) ? 2 : 1, path, table[fd].open_id, table[fd].inode, (int64_t)st.st_size, "", 0);
  return fd;
}

static int do_open(int at, const char *path, int flags, mode_t mode) {
  pthread_mutex_lock(&lock);
  int fd;
  if (strncmp(path, CONTROL, sizeof CONTROL - 1) == 0) {
    fd = control(path + sizeof CONTROL - 1);
  } else if (dead && is_watched(path) && (flags & O_CREAT) != 0 && access(path, F_OK) != 0) {
    errno = EIO;
    fd = -1;
  } else {
    if (dead && is_watched(path)) flags &= ~O_TRUNC;
    fd = opened((int)syscall(SYS_openat, at, path, flags, mode), path);
  }
  pthread_mutex_unlock(&lock);
  return fd;
}

#define MODE(flags) \
  mode_t mode = 0; \
  if (((flags) & (O_CREAT | O_TMPFILE)) != 0) { \
    va_list args; \
    va_start(args, flags); \
    mode = va_arg(args, mode_t); \
    va_end(args); \
  }

int open(const char *path, int flags, ...) { MODE(flags) return do_open(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return do_open(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return do_open(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) return do_open(at, path, flags | O_LARGEFILE, mode); }

int close(int fd) {
  pthread_mutex_lock(&lock);
  if (known(fd)) {
    free(table[fd].path);
    table[fd].path = NULL;
  }
  pthread_mutex_unlock(&lock);
  return REAL(close)(fd);
}

/* One write of either kind. offset -1: where the file stands. */
static ssize_t do_write(int fd, const void *data, size_t length, off_t offset) {
  pthread_mutex_lock(&lock);
  ssize_t done;
  if (dead) {
    done = (ssize_t)length;
    goto end;
  }
  int how = fault('w', table[fd].path);
  if (how > 0) {
    errno = how;
    done = -1;
    goto end;
  }
  size_t part = how == 0 || length < 2 ? length : length / 2;
  done = offset < 0 ? syscall(SYS_write, fd, data, part) : syscall(SYS_pwrite64, fd, data, part, offset);
  if (done > 0) {
    int64_t at = offset >= 0 ? offset : (int64_t)lseek(fd, 0, SEEK_CUR) - done;
    note('W', 1, table[fd].path, table[fd].open_id, table[fd].inode, at, data, (uint64_t)done);
  }
  if (how == TORN) {
    errno = EIO;
    done = -1;
  }
end:
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t write(int fd, const void *data, size_t length) {
  return known(fd) ? do_write(fd, data, length, -1) : syscall(SYS_write, fd, data, length);
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  return known(fd) ? do_write(fd, data, length, offset) : syscall(SYS_pwrite64, fd, data, length, offset);
}
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) { return pwrite(fd, data, length, offset); }

static ssize_t do_writev(int fd, const struct iovec *parts, int count, off_t offset) {
  ssize_t sum = 0;
  for (int n = 0; n < count; n++) {
    ssize_t done = do_write(fd, parts[n].iov_base, parts[n].iov_len, offset < 0 ? -1 : offset + sum);
    if (done < 0) return sum > 0 ? sum : -1;
    sum += done;
    if ((size_t)done < parts[n].iov_len) break;
  }
  return sum;
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  return known(fd) ? do_writev(fd, parts, count, -1) : syscall(SYS_writev, fd, parts, count);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  return known(fd) ? do_writev(fd, parts, count, offset) : REAL(pwritev)(fd, parts, count, offset);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) { return pwritev(fd, parts, count, offset); }

/* Copies that the kernel makes cannot be logged: whoever copies is sent to read and write. */
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length, unsigned int flags) {
  if (!known(out)) return syscall(SYS_copy_file_range, in, from, out, to, length, flags);
  errno = EINVAL;
  return -1;
}
static ssize_t do_sendfile(int out, int in, off_t *offset, size_t length) {
  if (!known(out)) return syscall(SYS_sendfile, out, in, offset, length);
  char buffer[65536];
  size_t want = length < sizeof buffer ? length : sizeof buffer;
  ssize_t got = offset != NULL ? pread(in, buffer, want, *offset) : read(in, buffer, want);
  if (got <= 0) return got;
  ssize_t done = do_write(out, buffer, (size_t)got, -1);
  if (done > 0 && offset != NULL) *offset += done;
  return done;
}
ssize_t sendfile(int out, int in, off_t *offset, size_t length) { return do_sendfile(out, in, offset, length); }
ssize_t sendfile64(int out, int in, off64_t *offset, size_t length) { return do_sendfile(out, in, offset, length); }

static int do_sync(int fd, long call) {
  /* The control of the power campaign: a disk without any fsync. */
  static int without = -1;
  if (without < 0) without = getenv("FAIL_IO_NO_SYNC") != NULL;
  if (without) return 0;
  if (!known(fd)) return (int)syscall(call, fd);
  pthread_mutex_lock(&lock);
  int result = 0;
  if (!dead) {
    int how = fault('s', table[fd].path);
    note('S', how == 0, table[fd].path, table[fd].open_id, table[fd].inode, 0, "", 0);
    if (how != 0) {
      errno = how > 0 ? how : EIO;
      result = -1;
    }
  }
  pthread_mutex_unlock(&lock);
  return result;
}
int fsync(int fd) { return do_sync(fd, SYS_fsync); }
int fdatasync(int fd) { return do_sync(fd, SYS_fdatasync); }

int ftruncate(int fd, off_t size) {
  if (!known(fd)) return (int)syscall(SYS_ftruncate, fd, size);
  pthread_mutex_lock(&lock);
  int result = 0;
  if (!dead) {
    int how = fault('t', table[fd].path);
    if (how != 0) {
      errno = how > 0 ? how : EIO;
      result = -1;
    } else {
      result = (int)syscall(SYS_ftruncate, fd, size);
      if (result == 0) note('T', 1, table[fd].path, table[fd].open_id, table[fd].inode, size, "", 0);
    }
  }
  pthread_mutex_unlock(&lock);
  return result;
}
int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }

int rename(const char *from, const char *to) {
  if (!is_watched(from) && !is_watched(to)) return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  pthread_mutex_lock(&lock);
  int result = 0;
  if (!dead) {
    int how = fault('r', from);
    if (how != 0) {
      errno = how > 0 ? how : EIO;
      result = -1;
    } else {
      result = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
      if (result == 0) note('R', 1, from, 0, 0, 0, to, strlen(to));
    }
  }
  pthread_mutex_unlock(&lock);
  return result;
}

static int do_unlink(const char *path) {
  if (!is_watched(path)) return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  pthread_mutex_lock(&lock);
  int result = 0;
  if (!dead) {
    result = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (result == 0) note('U', 1, path, 0, 0, 0, "", 0);
  }
  pthread_mutex_unlock(&lock);
  return result;
}
int unlink(const char *path) { return do_unlink(path); }

/* As std::filesystem removes: relative to an open folder. Folders themselves are not watched. */
int unlinkat(int at, const char *path, int flags) {
  if ((flags & AT_REMOVEDIR) != 0 || path[0] == '/') {
    return (flags & AT_REMOVEDIR) != 0 ? (int)syscall(SYS_unlinkat, at, path, flags) : do_unlink(path);
  }
  char link[64], whole[2 * PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", at);
  ssize_t length = at == AT_FDCWD ? -1 : readlink(link, whole, PATH_MAX);
  if (length < 0) return (int)syscall(SYS_unlinkat, at, path, flags);
  snprintf(whole + length, PATH_MAX, "/%s", path);
  return do_unlink(whole);
}
int remove(const char *path) {
  if (do_unlink(path) == 0) return 0;
  return errno == EISDIR ? (int)syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR) : -1;
}
