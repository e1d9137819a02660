#include "worker.h"

#include <thread>

std::shared_ptr<Worker> Worker::Start(napi_env env) {
  auto worker = std::make_shared<Worker>();
  napi_value name = nullptr;
  napi_create_string_utf8(env, "pcsc", NAPI_AUTO_LENGTH, &name);
  if (napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, nullptr, nullptr, nullptr, Complete, &worker->done_) != napi_ok) {
    return nullptr;
  }
  // A watch that waits for a card must not keep a process alive that has nothing else to do.
  napi_unref_threadsafe_function(env, worker->done_);
  std::thread([worker] { worker->Run(); }).detach();
  return worker;
}

void Worker::Post(std::unique_ptr<Job> job) {
  {
    std::lock_guard<std::mutex> hold(lock_);
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void Worker::Finish() {
  {
    std::lock_guard<std::mutex> hold(lock_);
    finished_ = true;
  }
  wake_.notify_one();
}

void Worker::Abandon() {
  {
    std::lock_guard<std::mutex> hold(lock_);
    abandoned_ = true;
  }
  wake_.notify_one();
}

// Null: there will be none.
std::unique_ptr<Job> Worker::Next() {
  std::unique_lock<std::mutex> hold(lock_);
  wake_.wait(hold, [this] { return finished_ || abandoned_ || !jobs_.empty(); });
  if (abandoned_) jobs_.clear();
  if (jobs_.empty()) return nullptr;
  std::unique_ptr<Job> job = std::move(jobs_.front());
  jobs_.pop_front();
  return job;
}

void Worker::Run() {
  while (std::unique_ptr<Job> job = Next()) {
    job->work(*job);
    if (done_ == nullptr) continue;
    Job* handed = job.release();
    if (napi_call_threadsafe_function(done_, handed, napi_tsfn_blocking) == napi_ok) continue;
    // The environment is going down: nobody waits for the answer, and the function is no longer ours to touch.
    delete handed;
    done_ = nullptr;
  }
  if (established) SCardReleaseContext(context);
  established = false;
  if (done_ != nullptr) napi_release_threadsafe_function(done_, napi_tsfn_release);
  ended_ = true;
}

void Worker::Complete(napi_env env, napi_value, void*, void* data) {
  std::unique_ptr<Job> job(static_cast<Job*>(data));
  if (env == nullptr) return;
  napi_value value = job->answer(env, *job);
  napi_resolve_deferred(env, job->deferred, value);
}
