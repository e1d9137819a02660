/*
 * LD_PRELOAD library in front of libpcsclite: changes single answers of the PC/SC calls of one process. MADOGUCHI_PCSC_ANSWERS holds
 * `Call:code:from:times` entries, separated by commas: the from-th to (from+times-1)-th call of that name is answered with the code (hex)
 * and does not reach the service; times 0: all from there on; from 0: as long as the file MADOGUCHI_PCSC_WHILE is there. Code `hang`: it
 * never returns. Calls: EstablishContext, ListReaders,
 * StatusChange, Notification (a StatusChange that asks for the coming and going of readers), Connect, Transmit.
 * MADOGUCHI_PCSC_MUTE: in the (empty) slot of this name lies something that never answers, while the file MADOGUCHI_PCSC_WHILE is there.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <winscard.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
enum call { Establish, List, Status, Notification, Connect, Transmit, CALLS };
static const char *const names[CALLS] = {"EstablishContext", "ListReaders", "StatusChange", "Notification", "Connect", "Transmit"};
static unsigned seen[CALLS];

/* 0: the call goes on to the service. */
static LONG changed(enum call call) {
  const char *plan = getenv("MADOGUCHI_PCSC_ANSWERS");
  pthread_mutex_lock(&lock);
  const unsigned nth = ++seen[call];
  pthread_mutex_unlock(&lock);
  const size_t length = strlen(names[call]);
  for (const char *at = plan; at != NULL && *at != '\0'; at = strchr(at, ','), at = at == NULL ? NULL : at + 1) {
    if (strncmp(at, names[call], length) != 0 || at[length] != ':') continue;
    const char *code = at + length + 1;
    const char *rest = strchr(code, ':');
    if (rest == NULL) continue;
    char *end;
    const unsigned long from = strtoul(rest + 1, &end, 10);
    const unsigned long times = *end == ':' ? strtoul(end + 1, NULL, 10) : 1;
    const char *file = getenv("MADOGUCHI_PCSC_WHILE");
    if (from == 0 && (file == NULL || access(file, F_OK) != 0)) continue;
    if (from != 0 && (nth < from || (times != 0 && nth >= from + times))) continue;
    if (strncmp(code, "hang", 4) == 0) for (;;) pause();
    return (LONG)strtoul(code, NULL, 16);
  }
  return SCARD_S_SUCCESS;
}

/* By its name: what an addon brings along is not among the libraries that RTLD_NEXT looks through. */
static void *real(const char *name) { return dlsym(dlopen("libpcsclite.so.1", RTLD_NOW), name); }

LONG SCardEstablishContext(DWORD scope, LPCVOID one, LPCVOID two, LPSCARDCONTEXT context) {
  const LONG code = changed(Establish);
  if (code != 0) return code;
  LONG (*call)(DWORD, LPCVOID, LPCVOID, LPSCARDCONTEXT) = real("SCardEstablishContext");
  return call(scope, one, two, context);
}

LONG SCardListReaders(SCARDCONTEXT context, LPCSTR groups, LPSTR readers, LPDWORD length) {
  const LONG code = changed(List);
  if (code != 0) return code;
  LONG (*call)(SCARDCONTEXT, LPCSTR, LPSTR, LPDWORD) = real("SCardListReaders");
  return call(context, groups, readers, length);
}

LONG SCardGetStatusChange(SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE *states, DWORD count) {
  LONG code = changed(Status);
  for (DWORD n = 0; code == 0 && n < count; n++) {
    if (strcmp(states[n].szReader, "\\\\?PnP?\\Notification") == 0) code = changed(Notification);
  }
  if (code != 0) return code;
  LONG (*call)(SCARDCONTEXT, DWORD, SCARD_READERSTATE *, DWORD) = real("SCardGetStatusChange");
  const char *slot = getenv("MADOGUCHI_PCSC_MUTE");
  SCARD_READERSTATE *mute = NULL;
  for (DWORD n = 0; slot != NULL && n < count; n++) if (strcmp(states[n].szReader, slot) == 0) mute = &states[n];
  if (mute == NULL) return call(context, timeout, states, count);
  const DWORD known = mute->dwCurrentState;
  const DWORD there = SCARD_STATE_PRESENT | SCARD_STATE_MUTE;
  // The service is asked about the slot as it is, the caller told of it as it is made up.
  if (known & SCARD_STATE_PRESENT) mute->dwCurrentState = (known & ~there) | SCARD_STATE_EMPTY;
  code = call(context, timeout, states, count);
  mute->dwCurrentState = known;
  const char *file = getenv("MADOGUCHI_PCSC_WHILE");
  if (file != NULL && access(file, F_OK) == 0) mute->dwEventState = (mute->dwEventState & ~SCARD_STATE_EMPTY) | there;
  const int changed_now = (known & there) != (mute->dwEventState & there);
  if (changed_now) mute->dwEventState |= SCARD_STATE_CHANGED;
  return changed_now && (DWORD)code == (DWORD)SCARD_E_TIMEOUT ? SCARD_S_SUCCESS : code;
}

LONG SCardConnect(SCARDCONTEXT context, LPCSTR reader, DWORD share, DWORD protocols, LPSCARDHANDLE card, LPDWORD protocol) {
  const LONG code = changed(Connect);
  if (code != 0) return code;
  LONG (*call)(SCARDCONTEXT, LPCSTR, DWORD, DWORD, LPSCARDHANDLE, LPDWORD) = real("SCardConnect");
  return call(context, reader, share, protocols, card, protocol);
}

LONG SCardTransmit(SCARDHANDLE card, const SCARD_IO_REQUEST *sends, LPCBYTE sent, DWORD sentLength, SCARD_IO_REQUEST *receives,
                   LPBYTE received, LPDWORD receivedLength) {
  const LONG code = changed(Transmit);
  if (code != 0) return code;
  LONG (*call)(SCARDHANDLE, const SCARD_IO_REQUEST *, LPCBYTE, DWORD, SCARD_IO_REQUEST *, LPBYTE, LPDWORD) = real("SCardTransmit");
  return call(card, sends, sent, sentLength, receives, received, receivedLength);
}
