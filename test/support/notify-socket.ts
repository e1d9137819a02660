import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The socket that systemd would listen on; Node cannot, so Python does. */
export interface NotifySocket {
  /** For `NOTIFY_SOCKET`. */
  readonly address: string;
  /** Every message, with the process that the kernel says has sent it. */
  readonly heard: readonly { readonly pid: number; readonly text: string }[];
  until(enough: (heard: NotifySocket['heard']) => boolean): Promise<void>;
  /** Takes nothing more from the socket until `resume`. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

const LISTEN = `
import json, socket, struct, sys
at = sys.argv[1]
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind("\\0" + at[1:] if at[0] == "@" else at)
s.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
print(json.dumps({"pid": 0, "text": "bound"}), flush=True)
while True:
    text, extra, _, _ = s.recvmsg(4096, 64)
    pid = struct.unpack("3i", extra[0][2])[0]
    print(json.dumps({"pid": pid, "text": text.decode()}), flush=True)
`;

/** @param address a path that does not exist yet, or `@` and a name */
export async function openNotifySocket(address: string): Promise<NotifySocket> {
  const child: ChildProcess = spawn('python3', ['-c', LISTEN, address], { stdio: ['ignore', 'pipe', 'inherit'] });
  const heard: { pid: number; text: string }[] = [];
  const waiting = new Set<() => void>();
  let bound = (): void => {};
  const listens = new Promise<void>((resolve) => {
    bound = resolve;
  });
  if (child.stdout === null) throw new Error('no output to read');
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line) as { pid: number; text: string };
    if (message.pid === 0) bound();
    else heard.push(message);
    for (const look of waiting) look();
  });
  const ended = once(child, 'exit');
  await Promise.race([listens, ended]);
  if (child.exitCode !== null) throw new Error('the socket cannot be had');
  return {
    address,
    heard,
    until: (enough) =>
      new Promise((resolve) => {
        const look = () => {
          if (!enough(heard)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async close() {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
