#include "calls.h"

#include <cstring>

namespace calls {
namespace {

// The longest answer of an extended APDU: 65,536 bytes of data and the status word.
constexpr size_t kReceive = 65536 + 2;

uint32_t Code(LONG code) { return static_cast<uint32_t>(code); }

template <typename Call>
void WithCard(Worker& worker, Job& job, Call call) {
  const SCARDHANDLE card = worker.cards.Find(job.number[0]);
  job.code = card == 0 ? Code(SCARD_E_INVALID_HANDLE) : Code(call(card));
}

// Runs a call that fills a receive buffer; the command's bytes are wiped in any case.
template <typename Call>
void Exchange(Worker& worker, Job& job, Call call) {
  std::vector<unsigned char>& received = worker.received;
  received.resize(kReceive);
  DWORD length = static_cast<DWORD>(received.size());
  WithCard(worker, job, [&](SCARDHANDLE card) { return call(card, received.data(), &length); });
  Wipe(job.bytes.data(), job.bytes.size());
  const size_t used = job.code == 0 ? static_cast<size_t>(length) : 0;
  job.bytes.assign(received.begin(), received.begin() + static_cast<std::ptrdiff_t>(used));
  // What a failed call has written is not known.
  Wipe(received.data(), job.code == 0 ? used : received.size());
}

}  // namespace

void Establish(Worker& worker, Job& job) {
  job.code = Code(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &worker.context));
  worker.established = job.code == 0;
}

void Release(Worker& worker, Job& job) {
  if (worker.established) job.code = Code(SCardReleaseContext(worker.context));
  worker.established = false;
}

void ListReaders(Worker& worker, Job& job) {
  DWORD length = 0;
  LONG code = PCSC_LIST_READERS(worker.context, nullptr, nullptr, &length);
  std::vector<char> text(length + 1, '\0');
  if (code == SCARD_S_SUCCESS) code = PCSC_LIST_READERS(worker.context, nullptr, text.data(), &length);
  // No reader is an answer, not an error.
  job.code = Code(code) == Code(SCARD_E_NO_READERS_AVAILABLE) ? 0 : Code(code);
  if (code != SCARD_S_SUCCESS) return;
  for (const char* name = text.data(); *name != '\0'; name += strlen(name) + 1) job.names.emplace_back(name);
}

void StatusChange(Worker& worker, Job& job) {
  std::vector<ReaderState> states(job.readers.size());
  for (size_t i = 0; i < states.size(); i++) {
    memset(&states[i], 0, sizeof(ReaderState));
    states[i].szReader = job.readers[i].c_str();
    states[i].dwCurrentState = job.states[i];
  }
  job.code = Code(PCSC_STATUS_CHANGE(worker.context, job.number[0], states.data(), static_cast<DWORD>(states.size())));
  for (const ReaderState& state : states) {
    job.events.push_back(static_cast<uint32_t>(state.dwEventState));
    job.atrs.emplace_back(state.rgbAtr, state.rgbAtr + state.cbAtr);
  }
}

void Connect(Worker& worker, Job& job) {
  SCARDHANDLE card = 0;
  DWORD protocol = 0;
  job.code = Code(PCSC_CONNECT(worker.context, job.reader.c_str(), job.number[0], job.number[1], &card, &protocol));
  if (job.code != 0) return;
  job.card = worker.cards.Add(card);
  job.protocol = static_cast<uint32_t>(protocol);
}

void Disconnect(Worker& worker, Job& job) {
  WithCard(worker, job, [&](SCARDHANDLE card) { return SCardDisconnect(card, job.number[1]); });
  worker.cards.Forget(job.number[0]);
}

void Transmit(Worker& worker, Job& job) {
  SCARD_IO_REQUEST request;
  request.dwProtocol = job.number[1];
  request.cbPciLength = sizeof(request);
  Exchange(worker, job, [&](SCARDHANDLE card, unsigned char* received, DWORD* length) {
    return SCardTransmit(card, &request, job.bytes.data(), static_cast<DWORD>(job.bytes.size()), nullptr, received, length);
  });
}

uint32_t Cancel(SCARDCONTEXT context) { return Code(SCardCancel(context)); }

}  // namespace calls
