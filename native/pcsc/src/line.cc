#include "line.h"

#include <cstring>
#include <thread>

namespace {

// Length of what follows the header, number of the command, number of the card session: 32 bits each, little-endian.
constexpr size_t kHeader = 12;
// The longest extended command: header of 4, Lc of 3, 65,535 bytes, Le of 2.
constexpr size_t kLongestCommand = 4 + 3 + 65535 + 2;
// The longest answer: 65,536 bytes and the status word.
constexpr size_t kLongestAnswer = 65536 + 2;

uint32_t Read32(const unsigned char* at) {
  return static_cast<uint32_t>(at[0]) | static_cast<uint32_t>(at[1]) << 8 | static_cast<uint32_t>(at[2]) << 16 |
         static_cast<uint32_t>(at[3]) << 24;
}

void Write32(unsigned char* at, uint32_t value) {
  for (int i = 0; i < 4; i++) at[i] = static_cast<unsigned char>(value >> (8 * i));
}

struct Told {
  uint32_t number[4];
};

void CallTrouble(napi_env env, napi_value callback, void*, void* data) {
  std::unique_ptr<Told> told(static_cast<Told*>(data));
  if (env == nullptr) return;
  napi_value receiver = nullptr;
  napi_value arguments[4] = {nullptr, nullptr, nullptr, nullptr};
  napi_get_undefined(env, &receiver);
  for (int i = 0; i < 4; i++) napi_create_uint32(env, told->number[i], &arguments[i]);
  napi_call_function(env, receiver, callback, 4, arguments, nullptr);
}

}  // namespace

std::shared_ptr<Line> Line::Start(napi_env env, int fd, napi_value trouble) {
  auto line = std::make_shared<Line>();
  line->fd_ = fd;
  line->command_.resize(kHeader + kLongestCommand);
  line->answer_.resize(kHeader + kLongestAnswer);
  napi_value name = nullptr;
  napi_create_string_utf8(env, "pcsc-line", NAPI_AUTO_LENGTH, &name);
  if (napi_create_threadsafe_function(env, trouble, nullptr, name, 0, 1, nullptr, nullptr, nullptr, CallTrouble, &line->trouble_) != napi_ok) {
    return nullptr;
  }
  napi_unref_threadsafe_function(env, line->trouble_);
  Prepare(fd);
  std::thread([line] { line->Run(); }).detach();
  return line;
}

void Line::Attach(uint32_t session, SCARDHANDLE card, uint32_t protocol) {
  std::lock_guard<std::mutex> hold(lock_);
  served_[session] = {card, protocol};
}

void Line::Detach(uint32_t session) {
  std::lock_guard<std::mutex> hold(lock_);
  served_.erase(session);
}

void Line::End() { EndReading(fd_); }

// Reads until so many bytes are there.
bool Line::Fill(size_t wanted) {
  while (have_ < wanted) {
    const auto got = ReadSome(fd_, command_.data() + have_, command_.size() - have_);
    if (got <= 0) return false;
    have_ += static_cast<size_t>(got);
  }
  return true;
}

bool Line::Send(size_t length) {
  for (size_t sent = 0; sent < length;) {
    const auto went = WriteSome(fd_, answer_.data() + sent, length - sent);
    if (went <= 0) return false;
    sent += static_cast<size_t>(went);
  }
  return true;
}

void Line::Tell(Trouble what, uint32_t id, uint32_t session, uint32_t code) {
  if (trouble_ == nullptr) return;
  Told* told = new Told{{what, id, session, code}};
  if (napi_call_threadsafe_function(trouble_, told, napi_tsfn_blocking) == napi_ok) return;
  // The environment is going down, and the function is no longer ours to touch.
  delete told;
  trouble_ = nullptr;
}

bool Line::Abandon(uint32_t* id) {
  std::lock_guard<std::mutex> hold(lock_);
  *id = current_;
  const bool was = under_way_;
  under_way_ = false;
  return was;
}

bool Line::Begin(uint32_t id, uint32_t session, Served* served) {
  std::lock_guard<std::mutex> hold(lock_);
  const auto found = served_.find(session);
  if (found == served_.end()) return false;
  *served = found->second;
  under_way_ = true;
  current_ = id;
  return true;
}

// False: it was abandoned meanwhile.
bool Line::Finish() {
  std::lock_guard<std::mutex> hold(lock_);
  const bool was = under_way_;
  under_way_ = false;
  return was;
}

void Line::Exchange(uint32_t id, uint32_t session, size_t length) {
  Served served;
  if (!Begin(id, session, &served)) return Tell(kNotOpen, id, session);
  SCARD_IO_REQUEST request;
  request.dwProtocol = served.protocol;
  request.cbPciLength = sizeof(request);
  DWORD received = static_cast<DWORD>(kLongestAnswer);
  const LONG code = SCardTransmit(served.card, &request, command_.data() + kHeader, static_cast<DWORD>(length), nullptr,
                                  answer_.data() + kHeader, &received);
  Wipe(command_.data() + kHeader, length);
  if (!Finish()) return Wipe(answer_.data(), answer_.size());
  if (code != SCARD_S_SUCCESS) return Tell(kFailed, id, session, static_cast<uint32_t>(code));
  if (received < 2) return Tell(kShort, id, session);
  Write32(answer_.data(), static_cast<uint32_t>(received));
  Write32(answer_.data() + 4, id);
  Write32(answer_.data() + 8, session);
  if (!Send(kHeader + received)) Tell(kBroken);
  Wipe(answer_.data(), kHeader + received);
}

void Line::Run() {
  for (;;) {
    if (!Fill(kHeader)) {
      Tell(kEnded);
      break;
    }
    const size_t length = Read32(command_.data());
    if (length < 4 || length > kLongestCommand) {
      Tell(kBroken);
      break;
    }
    if (!Fill(kHeader + length)) {
      Tell(kEnded);
      break;
    }
    Exchange(Read32(command_.data() + 4), Read32(command_.data() + 8), length);
    const size_t used = kHeader + length;
    // What came behind it is the next command.
    const size_t rest = have_ - used;
    if (rest > 0) memmove(command_.data(), command_.data() + used, rest);
    Wipe(command_.data() + rest, used);
    have_ = rest;
  }
  Wipe(command_.data(), have_);
  if (trouble_ != nullptr) napi_release_threadsafe_function(trouble_, napi_tsfn_release);
  CloseFile(fd_);
}
