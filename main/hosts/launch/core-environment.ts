/**
 * What a core may know of the launcher's environment. A list of what it needs, because the list of what weakens a Node is long and grows:
 * NODE_TLS_REJECT_UNAUTHORIZED, NODE_OPTIONS (`--tls-keylog`, `--inspect`), NODE_EXTRA_CA_CERTS, SSL_CERT_FILE, OPENSSL_CONF,
 * LD_PRELOAD, HOSTALIASES ...
 */
const NEEDED = [
  ...['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'SystemRoot', 'TEMP', 'LOCALAPPDATA'],
  // systemd's, where the launcher is its service.
  ...['NOTIFY_SOCKET', 'WATCHDOG_PID', 'WATCHDOG_USEC', 'STATE_DIRECTORY'],
  ...['PCSCLITE_CSOCK_NAME', 'CUPS_SERVER', 'MADOGUCHI_VIRTUAL_READER_PORT'],
];

/** glibc overwrites what is freed, so that no buffer of a visit can be read in the memory after it (GNU C library manual, "Memory allocation tunables"). What lies in its thread cache would be spared, so there is none. */
const CLEARS_FREED = 'glibc.malloc.perturb=90:glibc.malloc.tcache_count=0';

export function coreEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(NEEDED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
    GLIBC_TUNABLES: CLEARS_FREED,
  };
}

/** For every Node of ours: SIGUSR1, which any process of the same user may send, opens no debugger in it. */
export const NO_DEBUGGER = '--disable-sigusr1';
