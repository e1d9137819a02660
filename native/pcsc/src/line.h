#pragma once
#include <node_api.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "platform.h"

// The commands of open cards, from a stream of frames (main/contract/card-line.ts) to PC/SC and back, on a thread of its own. A command and
// its answer never pass through JavaScript: no copy of a PIN stays behind in its memory, and no second thread has to be woken.
// Buffers are made once and wiped after every command.
class Line {
 public:
  // What is told to JavaScript, which answers the core in these cases.
  enum Trouble : uint32_t {
    kFailed = 0,   // SCardTransmit returned `code`
    kShort = 1,    // an answer without room for a status word
    kNotOpen = 2,  // no card of this session is served
    kBroken = 3,   // the stream holds no frames of ours, or cannot be written to
    kEnded = 4,    // the other side closed it
  };

  // Serves until the stream ends. @param fd a connected socket, both ways; ours from now on. @param trouble called with
  // (what, id, session, code).
  static std::shared_ptr<Line> Start(napi_env env, int fd, napi_value trouble);

  void Attach(uint32_t session, SCARDHANDLE card, uint32_t protocol);
  void Detach(uint32_t session);
  // Nothing will come of the command that is under way, whenever PC/SC answers it. False: there is none.
  bool Abandon(uint32_t* id);
  // Ends the thread; from any thread.
  void End();

 private:
  struct Served {
    SCARDHANDLE card;
    uint32_t protocol;
  };
  void Run();
  bool Begin(uint32_t id, uint32_t session, Served* served);
  bool Finish();
  bool Fill(size_t wanted);
  bool Send(size_t length);
  void Exchange(uint32_t id, uint32_t session, size_t length);
  void Tell(Trouble what, uint32_t id = 0, uint32_t session = 0, uint32_t code = 0);

  int fd_ = -1;
  std::mutex lock_;
  std::unordered_map<uint32_t, Served> served_;
  bool under_way_ = false;
  uint32_t current_ = 0;
  napi_threadsafe_function trouble_ = nullptr;
  std::vector<unsigned char> command_;
  size_t have_ = 0;
  std::vector<unsigned char> answer_;
};
