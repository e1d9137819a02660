// What the kiosk's card path is compared with: the same calls of libpcsclite from C, with nothing around them.
//   floor transmit COUNT   median of COUNT short commands, in microseconds
//   floor watch            a line for each card that comes and goes: 1 or 0, and the monotonic clock in nanoseconds
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <winscard.h>

#define READER "Virtual PCD 00 00"

static long long Now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec * 1000000000LL + at.tv_nsec;
}

static int Compare(const void* a, const void* b) {
  const double difference = *(const double*)a - *(const double*)b;
  return difference < 0 ? -1 : difference > 0;
}

static int Transmit(SCARDCONTEXT context, int count) {
  SCARDHANDLE card;
  DWORD protocol;
  if (SCardConnect(context, READER, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card, &protocol) != SCARD_S_SUCCESS) return 1;
  const SCARD_IO_REQUEST request = {protocol, sizeof(SCARD_IO_REQUEST)};
  static const unsigned char select[] = {0x00, 0xa4, 0x04, 0x0c, 0x0a, 0xd3, 0x92, 0xf0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01};
  static const unsigned char tries[] = {0x00, 0x20, 0x00, 0x98};
  static unsigned char answer[65538];
  DWORD length = sizeof(answer);
  if (SCardTransmit(card, &request, select, sizeof(select), NULL, answer, &length) != SCARD_S_SUCCESS) return 1;
  double* took = malloc(sizeof(double) * (size_t)count);
  for (int i = 0; i < count; i++) {
    length = sizeof(answer);
    const long long began = Now();
    const LONG code = SCardTransmit(card, &request, tries, sizeof(tries), NULL, answer, &length);
    took[i] = (double)(Now() - began) / 1000;
    if (code != SCARD_S_SUCCESS || length != 2) return 1;
  }
  qsort(took, (size_t)count, sizeof(double), Compare);
  printf("%.3f\n", took[count / 2]);
  SCardDisconnect(card, SCARD_UNPOWER_CARD);
  return 0;
}

static int Watch(SCARDCONTEXT context) {
  SCARD_READERSTATE state = {0};
  state.szReader = READER;
  int present = -1;
  for (;;) {
    if (SCardGetStatusChange(context, INFINITE, &state, 1) != SCARD_S_SUCCESS) return 1;
    const long long at = Now();
    const int now = (state.dwEventState & SCARD_STATE_PRESENT) != 0;
    if (now != present) printf("%d %lld\n", now, at);
    fflush(stdout);
    present = now;
    state.dwCurrentState = state.dwEventState & ~(DWORD)SCARD_STATE_CHANGED;
  }
}

int main(int count, char** words) {
  SCARDCONTEXT context;
  if (SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context) != SCARD_S_SUCCESS) return 1;
  if (count == 3 && strcmp(words[1], "transmit") == 0) return Transmit(context, atoi(words[2]));
  return Watch(context);
}
