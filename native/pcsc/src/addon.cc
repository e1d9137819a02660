#include <node_api.h>

#include <chrono>
#include <string>
#include <thread>

#include "calls.h"
#include "line.h"

// The JavaScript face: `open()` gives a context handle, every other function takes it and answers with a promise of
// `{code, ...}` where `code` is the 32-bit PC/SC return code, 0 for success. Wrong arguments throw: they are bugs of index.ts.
namespace {

struct Handle {
  std::shared_ptr<Worker> worker;
  bool released = false;
};

// What one environment (the process's own, or that of a worker thread) has of this addon. Nothing is shared between two of them.
struct Environment {
  // Cancels waits: the thread of the context that waits cannot.
  std::shared_ptr<Worker> canceller;
  std::vector<std::weak_ptr<Worker>> workers;
  std::vector<std::weak_ptr<Line>> lines;
};

constexpr int kCancelTries = 100;
constexpr auto kCancelAgain = std::chrono::milliseconds(20);

// The environment ends, with calls under way or not. Its threads end too: without this a wait for a card would go on for ever, and hold
// a connection to the service. None of that is waited for: a service that hangs must not hold up the end of a process.
void EndEnvironment(void* data) {
  std::unique_ptr<Environment> environment(static_cast<Environment*>(data));
  std::vector<std::shared_ptr<Worker>> waiting;
  for (const auto& known : environment->workers) {
    std::shared_ptr<Worker> worker = known.lock();
    if (worker == nullptr) continue;
    worker->Abandon();
    waiting.push_back(std::move(worker));
  }
  for (const auto& known : environment->lines)
    if (std::shared_ptr<Line> line = known.lock()) line->End();
  std::thread([waiting] {
    for (const auto& worker : waiting) {
      // A wait that begins just now would miss a single cancel.
      for (int n = 0; n < kCancelTries && !worker->Ended(); n++) {
        if (worker->established) SCardCancel(worker->context);
        std::this_thread::sleep_for(kCancelAgain);
      }
    }
  }).detach();
}

Environment* EnvironmentOf(napi_env env) {
  void* data = nullptr;
  napi_get_instance_data(env, &data);
  return static_cast<Environment*>(data);
}

std::shared_ptr<Worker> StartWorker(napi_env env) {
  std::shared_ptr<Worker> worker = Worker::Start(env);
  if (worker == nullptr) return nullptr;
  auto& workers = EnvironmentOf(env)->workers;
  for (size_t i = workers.size(); i-- > 0;)
    if (workers[i].expired()) workers.erase(workers.begin() + static_cast<std::ptrdiff_t>(i));
  workers.push_back(worker);
  return worker;
}

// Frees memory only. A context that was not released keeps its thread; ending it here would mean PC/SC calls inside the collector.
void DropHandle(napi_env, void* data, void*) { delete static_cast<Handle*>(data); }

struct Arguments {
  napi_env env;
  size_t count = 6;
  napi_value value[6];
  bool good = true;
  Handle* handle = nullptr;

  Arguments(napi_env env_, napi_callback_info info) : env(env_) {
    napi_get_cb_info(env, info, &count, value, nullptr, nullptr);
    void* data = nullptr;
    good = count > 0 && napi_get_value_external(env, value[0], &data) == napi_ok;
    handle = static_cast<Handle*>(data);
    good = good && !handle->released;
  }
  uint32_t Number(size_t index) {
    uint32_t number = 0;
    good = good && index < count && napi_get_value_uint32(env, value[index], &number) == napi_ok;
    return number;
  }
  std::string Text(napi_value from) {
    size_t length = 0;
    good = good && napi_get_value_string_utf8(env, from, nullptr, 0, &length) == napi_ok;
    if (!good) return {};
    std::string text(length, '\0');
    napi_get_value_string_utf8(env, from, &text[0], length + 1, &length);
    return text;
  }
  std::vector<unsigned char> Bytes(size_t index) {
    void* data = nullptr;
    size_t length = 0;
    napi_typedarray_type type = napi_int8_array;
    good = good && index < count && napi_get_typedarray_info(env, value[index], &type, &length, &data, nullptr, nullptr) == napi_ok &&
           type == napi_uint8_array;
    if (!good) return {};
    const auto* first = static_cast<unsigned char*>(data);
    return std::vector<unsigned char>(first, first + length);
  }
  template <typename Each>
  void List(size_t index, Each each) {
    uint32_t length = 0;
    good = good && index < count && napi_get_array_length(env, value[index], &length) == napi_ok;
    for (uint32_t i = 0; good && i < length; i++) {
      napi_value item = nullptr;
      good = napi_get_element(env, value[index], i, &item) == napi_ok;
      if (good) each(item);
    }
  }
};

void Put(napi_env env, napi_value object, const char* name, uint32_t number) {
  napi_value value = nullptr;
  napi_create_uint32(env, number, &value);
  napi_set_named_property(env, object, name, value);
}

napi_value Bytes(napi_env env, const std::vector<unsigned char>& bytes) {
  napi_value value = nullptr;
  // A copy: Electron forbids buffers that lie outside V8's memory.
  napi_create_buffer_copy(env, bytes.size(), bytes.data(), nullptr, &value);
  return value;
}

napi_value CodeOnly(napi_env env, Job& job) {
  napi_value object = nullptr;
  napi_create_object(env, &object);
  Put(env, object, "code", job.code);
  return object;
}

napi_value Bug(napi_env env) {
  napi_throw_type_error(env, "ERR_PCSC_ARGUMENTS", "wrong arguments, or a released context");
  return nullptr;
}

using Work = void (*)(Worker&, Job&);
using Answer = napi_value (*)(napi_env, Job&);

napi_value Start(Arguments& arguments, std::unique_ptr<Job> job, Work work, Answer answer) {
  napi_env env = arguments.env;
  if (!arguments.good) return Bug(env);
  napi_value promise = nullptr;
  if (napi_create_promise(env, &job->deferred, &promise) != napi_ok) return Bug(env);
  Worker* worker = arguments.handle->worker.get();
  job->work = [worker, work](Job& mine) { work(*worker, mine); };
  job->answer = answer;
  worker->Post(std::move(job));
  return promise;
}

napi_value Open(napi_env env, napi_callback_info) {
  auto handle = std::make_unique<Handle>();
  handle->worker = StartWorker(env);
  if (handle->worker == nullptr) return Bug(env);
  napi_value external = nullptr;
  if (napi_create_external(env, handle.get(), DropHandle, nullptr, &external) != napi_ok) return Bug(env);
  handle.release();
  return external;
}

napi_value Establish(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  return Start(arguments, std::make_unique<Job>(), calls::Establish, CodeOnly);
}

napi_value Release(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  napi_value promise = Start(arguments, std::make_unique<Job>(), calls::Release, CodeOnly);
  if (!arguments.good) return promise;
  arguments.handle->released = true;
  arguments.handle->worker->Finish();
  return promise;
}

napi_value ListReaders(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  return Start(arguments, std::make_unique<Job>(), calls::ListReaders, [](napi_env to, Job& job) {
    napi_value object = CodeOnly(to, job);
    napi_value names = nullptr;
    napi_create_array_with_length(to, job.names.size(), &names);
    for (size_t i = 0; i < job.names.size(); i++) {
      napi_value name = nullptr;
      napi_create_string_utf8(to, job.names[i].c_str(), NAPI_AUTO_LENGTH, &name);
      napi_set_element(to, names, static_cast<uint32_t>(i), name);
    }
    napi_set_named_property(to, object, "names", names);
    return object;
  });
}

// statusChange(context, timeoutMs, names, currentStates)
napi_value StatusChange(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  auto job = std::make_unique<Job>();
  job->number[0] = arguments.Number(1);
  arguments.List(2, [&](napi_value item) { job->readers.push_back(arguments.Text(item)); });
  arguments.List(3, [&](napi_value item) {
    uint32_t state = 0;
    arguments.good = napi_get_value_uint32(env, item, &state) == napi_ok;
    job->states.push_back(state);
  });
  arguments.good = arguments.good && job->readers.size() == job->states.size();
  return Start(arguments, std::move(job), calls::StatusChange, [](napi_env to, Job& mine) {
    napi_value object = CodeOnly(to, mine);
    napi_value events = nullptr;
    napi_value atrs = nullptr;
    napi_create_array_with_length(to, mine.events.size(), &events);
    napi_create_array_with_length(to, mine.atrs.size(), &atrs);
    for (size_t i = 0; i < mine.events.size(); i++) {
      napi_value event = nullptr;
      napi_create_uint32(to, mine.events[i], &event);
      napi_set_element(to, events, static_cast<uint32_t>(i), event);
      napi_set_element(to, atrs, static_cast<uint32_t>(i), Bytes(to, mine.atrs[i]));
    }
    napi_set_named_property(to, object, "events", events);
    napi_set_named_property(to, object, "atrs", atrs);
    return object;
  });
}

// cancel(context): ends the wait of statusChange. Its own job on a thread of its own: the context's thread is the one that waits.
napi_value Cancel(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  std::shared_ptr<Worker>& canceller = EnvironmentOf(env)->canceller;
  if (canceller == nullptr) canceller = StartWorker(env);
  if (!arguments.good || canceller == nullptr) return Bug(env);
  auto job = std::make_unique<Job>();
  napi_value promise = nullptr;
  if (napi_create_promise(env, &job->deferred, &promise) != napi_ok) return Bug(env);
  std::shared_ptr<Worker> target = arguments.handle->worker;
  job->work = [target](Job& mine) { mine.code = target->established ? calls::Cancel(target->context) : 0; };
  job->answer = CodeOnly;
  canceller->Post(std::move(job));
  return promise;
}

// connect(context, reader, shareMode, protocols)
napi_value Connect(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  auto job = std::make_unique<Job>();
  arguments.good = arguments.good && arguments.count > 1;
  if (arguments.good) job->reader = arguments.Text(arguments.value[1]);
  job->number[0] = arguments.Number(2);
  job->number[1] = arguments.Number(3);
  return Start(arguments, std::move(job), calls::Connect, [](napi_env to, Job& mine) {
    napi_value object = CodeOnly(to, mine);
    Put(to, object, "card", mine.card);
    Put(to, object, "protocol", mine.protocol);
    return object;
  });
}

// Two numbers after the context, a code back.
template <Work work>
napi_value Simple(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  auto job = std::make_unique<Job>();
  job->number[0] = arguments.Number(1);
  job->number[1] = arguments.Number(2);
  return Start(arguments, std::move(job), work, CodeOnly);
}

// Two numbers and bytes after the context, code and bytes back.
template <Work work>
napi_value WithBytes(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  auto job = std::make_unique<Job>();
  job->number[0] = arguments.Number(1);
  job->number[1] = arguments.Number(2);
  job->bytes = arguments.Bytes(3);
  return Start(arguments, std::move(job), work, [](napi_env to, Job& mine) {
    napi_value object = CodeOnly(to, mine);
    napi_set_named_property(to, object, "response", Bytes(to, mine.bytes));
    return object;
  });
}

void DropLine(napi_env, void* data, void*) { delete static_cast<std::shared_ptr<Line>*>(data); }

// openLine(fd, trouble): trouble(what, id, session, code)
napi_value OpenLine(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value value[2] = {nullptr, nullptr};
  int32_t fd = -1;
  napi_valuetype type = napi_undefined;
  const bool good = napi_get_cb_info(env, info, &count, value, nullptr, nullptr) == napi_ok && count == 2 &&
                    napi_get_value_int32(env, value[0], &fd) == napi_ok && fd >= 0 && napi_typeof(env, value[1], &type) == napi_ok &&
                    type == napi_function;
  if (!good) return Bug(env);
  auto line = std::make_unique<std::shared_ptr<Line>>(Line::Start(env, fd, value[1]));
  if (*line == nullptr) return Bug(env);
  EnvironmentOf(env)->lines.push_back(*line);
  napi_value external = nullptr;
  if (napi_create_external(env, line.get(), DropLine, nullptr, &external) != napi_ok) return Bug(env);
  line.release();
  return external;
}

// abandonCommand(line): its number, or null
napi_value AbandonCommand(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value value = nullptr;
  void* data = nullptr;
  if (napi_get_cb_info(env, info, &count, &value, nullptr, nullptr) != napi_ok || count < 1 ||
      napi_get_value_external(env, value, &data) != napi_ok) {
    return Bug(env);
  }
  uint32_t id = 0;
  napi_value answer = nullptr;
  if ((*static_cast<std::shared_ptr<Line>*>(data))->Abandon(&id)) napi_create_uint32(env, id, &answer);
  else napi_get_null(env, &answer);
  return answer;
}

// attach(context, line, session, card, protocol); detach(context, line, session)
template <bool attach>
napi_value Serve(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  void* data = nullptr;
  arguments.good = arguments.good && arguments.count > 2 && napi_get_value_external(env, arguments.value[1], &data) == napi_ok;
  const uint32_t session = arguments.Number(2);
  const uint32_t number = attach ? arguments.Number(3) : 0;
  const uint32_t protocol = attach ? arguments.Number(4) : 0;
  if (!arguments.good) return Bug(env);
  const std::shared_ptr<Line>& line = *static_cast<std::shared_ptr<Line>*>(data);
  if (!attach) {
    line->Detach(session);
    return nullptr;
  }
  const SCARDHANDLE card = arguments.handle->worker->cards.Find(number);
  if (card == 0) return Bug(env);
  line->Attach(session, card, protocol);
  return nullptr;
}

napi_value Init(napi_env env, napi_value exports) {
  auto environment = std::make_unique<Environment>();
  if (napi_set_instance_data(env, environment.get(), nullptr, nullptr) != napi_ok) return Bug(env);
  if (napi_add_env_cleanup_hook(env, EndEnvironment, environment.get()) != napi_ok) return Bug(env);
  environment.release();
  const napi_property_descriptor functions[] = {
      {"open", nullptr, Open, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"establish", nullptr, Establish, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"release", nullptr, Release, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"listReaders", nullptr, ListReaders, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"statusChange", nullptr, StatusChange, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"cancel", nullptr, Cancel, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"connect", nullptr, Connect, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"disconnect", nullptr, Simple<calls::Disconnect>, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"transmit", nullptr, WithBytes<calls::Transmit>, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"openLine", nullptr, OpenLine, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"abandonCommand", nullptr, AbandonCommand, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"attach", nullptr, Serve<true>, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"detach", nullptr, Serve<false>, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  napi_define_properties(env, exports, sizeof(functions) / sizeof(functions[0]), functions);
  return exports;
}

}  // namespace

NAPI_MODULE(NODE_GYP_MODULE_NAME, Init)
