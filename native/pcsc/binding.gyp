{
  # Linux is built and tested. The Windows and macOS branches follow those systems' documentation and have never been run.
  "targets": [
    {
      "target_name": "pcsc",
      "sources": ["src/addon.cc", "src/worker.cc", "src/calls.cc", "src/line.cc"],
      "defines": ["NAPI_VERSION=8"],
      "cflags_cc": ["-std=c++17", "-Wall", "-Wextra", "-fvisibility=hidden"],
      "conditions": [
        ["OS=='linux'", {
          "include_dirs": ["<!@(pkg-config --cflags-only-I libpcsclite | sed 's/-I//g')"],
          "libraries": ["<!@(pkg-config --libs libpcsclite)", "-lpthread"],
        }],
        ["OS=='mac'", {
          "libraries": ["-framework PCSC"],
          "xcode_settings": { "CLANG_CXX_LANGUAGE_STANDARD": "c++17", "MACOSX_DEPLOYMENT_TARGET": "12.0" },
        }],
        ["OS=='win'", {
          "libraries": ["winscard.lib"],
          "msvs_settings": { "VCCLCompilerTool": { "AdditionalOptions": ["/std:c++17"] } },
        }],
      ],
    },
  ],
}
