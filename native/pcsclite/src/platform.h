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
// A plain memset before a free may be left out by the compiler; a volatile write may not.
inline void Wipe(void* data, size_t length) {
  volatile unsigned char* bytes = static_cast<volatile unsigned char*>(data);
  while (length-- > 0) *bytes++ = 0;
}
#endif
