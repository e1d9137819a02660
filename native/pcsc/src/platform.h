#pragma once
// One face for the three PC/SC libraries. pcsc-lite's DWORD is as wide as a pointer, the others' is 32 bits: numbers cross to
// JavaScript as uint32 only.
#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#define NOMINMAX
#include <windows.h>
#include <winscard.h>
using ReaderState = SCARD_READERSTATEA;
#define PCSC_LIST_READERS SCardListReadersA
#define PCSC_STATUS_CHANGE SCardGetStatusChangeA
#define PCSC_CONNECT SCardConnectA
inline void Wipe(void* data, size_t length) { SecureZeroMemory(data, length); }
#include <io.h>
// The C library of this addon opens what the parent handed down under the same numbers.
inline void Prepare(int) {}
inline long ReadSome(int fd, void* to, size_t most) { return _read(fd, to, static_cast<unsigned>(most)); }
inline long WriteSome(int fd, const void* from, size_t most) { return _write(fd, from, static_cast<unsigned>(most)); }
// A read under way ends only with the process.
inline void EndReading(int) {}
inline void CloseFile(int fd) { _close(fd); }
#else
#ifdef __APPLE__
#include <PCSC/winscard.h>
#include <PCSC/wintypes.h>
#else
#include <winscard.h>
#endif
using ReaderState = SCARD_READERSTATE;
#define PCSC_LIST_READERS SCardListReaders
#define PCSC_STATUS_CHANGE SCardGetStatusChange
#define PCSC_CONNECT SCardConnect
#include <cstddef>
// A plain memset before a free may be left out by the compiler; these may not.
#ifdef __APPLE__
#define __STDC_WANT_LIB_EXT1__ 1
#include <string.h>
inline void Wipe(void* data, size_t length) {
  if (length > 0) memset_s(data, length, 0, length);
}
#else
#include <string.h>
// Nothing at all has no address.
inline void Wipe(void* data, size_t length) {
  if (length > 0) explicit_bzero(data, length);
}
#endif
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif
// Nobody else's child may hold this end, and who reads from it has nothing better to do than to wait in the kernel.
inline void Prepare(int fd) {
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
}
inline ssize_t ReadSome(int fd, void* to, size_t most) {
  ssize_t got;
  do got = recv(fd, to, most, 0);
  while (got < 0 && errno == EINTR);
  return got;
}
inline ssize_t WriteSome(int fd, const void* from, size_t most) {
  ssize_t went;
  do went = send(fd, from, most, MSG_NOSIGNAL);
  while (went < 0 && errno == EINTR);
  return went;
}
inline void EndReading(int fd) { shutdown(fd, SHUT_RDWR); }
inline void CloseFile(int fd) { close(fd); }
#endif
