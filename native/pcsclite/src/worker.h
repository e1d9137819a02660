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

// A PC/SC context with a thread of its own: pcsc-lite serves one call per context at a time, and a stuck transmit must hold up nobody else.
class Worker {
 public:
  // Alive until its thread has ended, whoever lets go first.
  static std::shared_ptr<Worker> Start(napi_env env);

  void Post(std::unique_ptr<Job> job);
  // The thread ends when the jobs before this are done. Nothing can be posted afterwards.
  void Finish();

  SCARDCONTEXT context = 0;
  std::atomic<bool> established{false};
  // Cards by the number JavaScript knows them by; a handle does not fit into 32 bits everywhere.
  std::vector<SCARDHANDLE> cards;

 private:
  void Run();
  static void Complete(napi_env env, napi_value callback, void* context, void* data);

  std::mutex lock_;
  std::condition_variable wake_;
  std::deque<std::unique_ptr<Job>> jobs_;
  bool finished_ = false;
  napi_threadsafe_function done_ = nullptr;
};
