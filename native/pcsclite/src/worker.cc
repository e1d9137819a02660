#include "worker.h"

#include <thread>

std::shared_ptr<Worker> Worker::Start(napi_env env) {
  auto worker = std::make_shared<Worker>();
  napi_value name;
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

void Worker::Run() {
  for (;;) {
    std::unique_ptr<Job> job;
    {
      std::unique_lock<std::mutex> hold(lock_);
      wake_.wait(hold, [this] { return finished_ || !jobs_.empty(); });
      if (jobs_.empty()) break;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job->work(*job);
    // Fails only while the process is going down; then nobody waits for the answer either.
    Job* handed = job.release();
    if (napi_call_threadsafe_function(done_, handed, napi_tsfn_blocking) != napi_ok) delete handed;
  }
  napi_release_threadsafe_function(done_, napi_tsfn_release);
}

void Worker::Complete(napi_env env, napi_value, void*, void* data) {
  std::unique_ptr<Job> job(static_cast<Job*>(data));
  if (env == nullptr) return;
  napi_value value = job->answer(env, *job);
  napi_resolve_deferred(env, job->deferred, value);
}
