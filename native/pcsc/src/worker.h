#pragma once
#include <node_api.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "platform.h"

// What a call needs and what it gives. Filled on the JavaScript thread, worked on the worker's thread, read on the JavaScript thread again.
struct Job {
  uint32_t code = 0;
  // In.
  std::string reader;
  std::vector<std::string> readers;
  std::vector<uint32_t> states;
  std::vector<unsigned char> bytes;
  uint32_t number[3] = {0, 0, 0};
  // Out.
  std::vector<std::string> names;
  std::vector<uint32_t> events;
  std::vector<std::vector<unsigned char>> atrs;
  uint32_t card = 0;
  uint32_t protocol = 0;

  std::function<void(Job&)> work;
  std::function<napi_value(napi_env, Job&)> answer;
  napi_deferred deferred = nullptr;

  // A command may hold a PIN, an answer a certificate.
  ~Job() { Wipe(bytes.data(), bytes.size()); }
};

// Cards by the number JavaScript knows them by; a handle does not fit into 32 bits everywhere.
class Cards {
 public:
  uint32_t Add(SCARDHANDLE card) {
    std::lock_guard<std::mutex> hold(lock_);
    cards_.push_back(card);
    return static_cast<uint32_t>(cards_.size());
  }
  // 0: no such card, or one that was disconnected.
  SCARDHANDLE Find(uint32_t number) {
    std::lock_guard<std::mutex> hold(lock_);
    return number == 0 || number > cards_.size() ? 0 : cards_[number - 1];
  }
  void Forget(uint32_t number) {
    std::lock_guard<std::mutex> hold(lock_);
    if (number > 0 && number <= cards_.size()) cards_[number - 1] = 0;
  }

 private:
  std::mutex lock_;
  std::vector<SCARDHANDLE> cards_;
};

// A PC/SC context with a thread of its own: pcsc-lite serves one call per context at a time, and a stuck transmit must hold up nobody else.
class Worker {
 public:
  // Alive until its thread has ended, whoever lets go first.
  static std::shared_ptr<Worker> Start(napi_env env);

  void Post(std::unique_ptr<Job> job);
  // The thread ends when the jobs before this are done. Nothing can be posted afterwards.
  void Finish();

  // The environment ends: its jobs are dropped, a wait is cancelled, the thread lets go of the service and ends. From any thread.
  void Abandon();
  bool Ended() const { return ended_; }

  SCARDCONTEXT context = 0;
  std::atomic<bool> established{false};
  Cards cards;
  // Made once, wiped after every exchange.
  std::vector<unsigned char> received;

 private:
  void Run();
  std::unique_ptr<Job> Next();
  static void Complete(napi_env env, napi_value callback, void* context, void* data);

  std::mutex lock_;
  std::condition_variable wake_;
  std::deque<std::unique_ptr<Job>> jobs_;
  bool finished_ = false;
  bool abandoned_ = false;
  std::atomic<bool> ended_{false};
  napi_threadsafe_function done_ = nullptr;
};
