{
  # Linux only: nothing else has systemd. Elsewhere the core runs without it.
  "targets": [
    {
      "target_name": "systemd_notify",
      "sources": ["src/addon.c"],
      "defines": ["NAPI_VERSION=8"],
      "cflags_c": ["-std=gnu11", "-Wall", "-Wextra", "-fvisibility=hidden"],
    },
  ],
}
