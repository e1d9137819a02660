import { connect } from 'node:net';
import { err, ok } from '../../../contract/result.ts';
import type { Clock } from '../../ports.ts';
import type { OpenLink, PrinterLink } from './link.ts';

/** A printer in the network, by raw TCP. @param connectMs how long it may take to answer the call */
export function tcpLink(host: string, port: number, clock: Clock, connectMs: number): OpenLink {
  return () =>
    new Promise((resolve) => {
      const socket = connect({ host, port, noDelay: true });
      let gone = false;
      let onGone = () => {};
      let onBytes = (_: Uint8Array) => {};
      const late = clock.setTimeout(() => socket.destroy(), connectMs);
      const link: PrinterLink = {
        // A socket that closes tells every write that still waits.
        write: (bytes) =>
          new Promise((done) => {
            if (gone) return done(false);
            socket.write(bytes, (error) => done(error === null || error === undefined));
          }),
        onBytes(listener) {
          onBytes = listener;
        },
        onGone(listener) {
          onGone = listener;
          if (gone) listener();
        },
        close: () => socket.destroy(),
      };
      socket.on('data', (bytes) => onBytes(bytes));
      // Every error is followed by a close.
      socket.on('error', () => {});
      // The other side has hung up: nothing that we send will be read.
      socket.on('end', () => socket.destroy());
      socket.on('close', () => {
        clock.clearTimeout(late);
        gone = true;
        resolve(err('offline'));
        onGone();
      });
      socket.on('connect', () => {
        clock.clearTimeout(late);
        resolve(ok(link));
      });
    });
}
