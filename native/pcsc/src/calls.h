#pragma once
#include <memory>

#include "worker.h"

// The PC/SC calls, on the worker's thread. Each leaves its return code in `job.code`; none throws.
namespace calls {

void Establish(Worker& worker, Job& job);
void Release(Worker& worker, Job& job);
// Out: names.
void ListReaders(Worker& worker, Job& job);
// In: readers, states, number[0] = timeout in ms. Out: events, atrs.
void StatusChange(Worker& worker, Job& job);
// In: reader, number[0] = share mode, number[1] = protocols. Out: card, protocol.
void Connect(Worker& worker, Job& job);
// In: number[0] = card, number[1] = disposition.
void Disconnect(Worker& worker, Job& job);
// In: number[0] = card, number[1] = protocol, bytes = command, wiped. Out: bytes = answer.
void Transmit(Worker& worker, Job& job);
// Another context's wait ends with SCARD_E_CANCELLED. Runs on a thread of its own.
uint32_t Cancel(SCARDCONTEXT context);

}  // namespace calls
