#include <errno.h>
#include <node_api.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

// `send(address, text)`: one datagram to a Unix socket, without waiting. Answers with 0, or with the errno of what went wrong; wrong
// arguments throw: they are bugs of index.ts. The sender must be the core itself, because systemd believes the main process only.
enum { LONGEST_TEXT = 256 };

// Refuses what does not fit: a cut address would be another one.
static int Text(napi_env env, napi_value from, char* into, size_t room) {
  size_t length = 0;
  if (napi_get_value_string_utf8(env, from, NULL, 0, &length) != napi_ok) return EINVAL;
  if (length == 0 || length >= room) return ENAMETOOLONG;
  napi_get_value_string_utf8(env, from, into, room, &length);
  return 0;
}

static int SendTo(const struct sockaddr_un* address, const char* text) {
  // `@`: an abstract address. Its first byte is zero and its length ends with the name; a path has its closing zero in it.
  const int abstract = address->sun_path[0] == '\0';
  const size_t name = abstract ? 1 + strlen(address->sun_path + 1) : strlen(address->sun_path) + 1;
  const socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + name);
  const int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return errno;
  const ssize_t sent = sendto(descriptor, text, strlen(text), MSG_NOSIGNAL, (const struct sockaddr*)address, length);
  const int failed = sent < 0 ? errno : 0;
  close(descriptor);
  return failed;
}

static napi_value Send(napi_env env, napi_callback_info info) {
  napi_value given[2];
  size_t count = 2;
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  char text[LONGEST_TEXT];
  napi_get_cb_info(env, info, &count, given, NULL, NULL);
  int failed = count < 2 ? EINVAL : Text(env, given[0], address.sun_path, sizeof address.sun_path);
  if (failed == 0) failed = Text(env, given[1], text, sizeof text);
  if (failed == EINVAL) {
    napi_throw_type_error(env, "ERR_NOTIFY_ARGUMENTS", "an address and a text are wanted");
    return NULL;
  }
  if (failed == 0) {
    if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
    failed = SendTo(&address, text);
  }
  napi_value answer;
  napi_create_int32(env, failed, &answer);
  return answer;
}

NAPI_MODULE_INIT() {
  napi_value send;
  napi_create_function(env, "send", NAPI_AUTO_LENGTH, Send, NULL, &send);
  napi_set_named_property(env, exports, "send", send);
  return exports;
}
