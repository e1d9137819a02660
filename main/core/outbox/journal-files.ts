import { Buffer } from 'node:buffer';
import type * as fs from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../system/sync-folder.ts';

/** The disk as journal and register use it: a subset of node:fs, so that a simulation can keep "written" and "forced to the disk" apart. */
export type QueueFiles = Pick<
  typeof fs,
  | 'closeSync'
  | 'existsSync'
  | 'fdatasyncSync'
  | 'fstatSync'
  | 'fsyncSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readSync'
  | 'readdirSync'
  | 'renameSync'
  | 'statSync'
  | 'unlinkSync'
  | 'writeSync'
>;

/** Thrown where the journal cannot be written; the store answers it as it answers an I/O error of SQLite. `code`: of the system, or our own. */
export class JournalFailure extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`journal: ${code}`);
    this.code = code;
  }
}

const NAME = /^journal-(\d{8})\.log$/;
const ZEROS = Buffer.alloc(256 * 1024);

export const segmentName = (number: number): string => `journal-${String(number).padStart(8, '0')}.log`;

/** Numbers of the files that there are, ascending. A folder that is not there holds none. */
export function segmentNumbers(files: QueueFiles, folder: string): number[] {
  if (!files.existsSync(folder)) return [];
  return files
    .readdirSync(folder)
    .flatMap((name) => {
      const found = NAME.exec(name)?.[1];
      return found === undefined ? [] : [Number(found)];
    })
    .sort((a, b) => a - b);
}

/**
 * Reads one file after the other into the same memory: at a start that is all of a journal, and fresh memory for each file costs four times as
 * much as its bytes. What was read is gone with the next read.
 */
export class FileReader {
  private readonly files: QueueFiles;
  private memory = Buffer.alloc(0);

  constructor(files: QueueFiles) {
    this.files = files;
  }

  /** @throws the system's error */
  read(path: string): Buffer {
    const file = this.files.openSync(path, 'r');
    try {
      const { size } = this.files.fstatSync(file);
      if (size > this.memory.length) this.memory = Buffer.allocUnsafeSlow(size);
      let end = 0;
      for (let got = -1; end < size && got !== 0; end += got) got = this.files.readSync(file, this.memory, end, size - end, end);
      return this.memory.subarray(0, end);
    } finally {
      this.files.closeSync(file);
    }
  }
}

/** Runs a file operation; whatever fails becomes a JournalFailure with the system's code. */
export function onDisk<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof JournalFailure) throw error;
    throw new JournalFailure(
      error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN',
    );
  }
}

/**
 * Forces a file to the disk. A failure is never one of mere room, whatever the system calls it: the page cache now holds what the disk does not,
 * and the next fsync of the same file would say that all is well.
 */
export function force(work: () => void): void {
  try {
    onDisk(work);
  } catch (error) {
    throw error instanceof JournalFailure ? new JournalFailure(`FSYNC_${error.code}`) : error;
  }
}

function writeZeros(files: QueueFiles, file: number, bytes: number): void {
  for (let at = 0; at < bytes; ) at += files.writeSync(file, ZEROS, 0, Math.min(ZEROS.length, bytes - at), at);
}

/**
 * Lays a file of zeros and forces it to the disk, name and all: what is written into it later needs no new blocks, so one fdatasync makes it
 * durable, and a full disk is met here instead of at a person's act.
 * @returns its descriptor
 */
export function layFile(files: QueueFiles, folder: string, name: string, bytes: number): number {
  return onDisk(() => {
    const path = join(folder, name);
    const file = files.openSync(path, 'w+', 0o600);
    try {
      writeZeros(files, file, bytes);
      files.fsyncSync(file);
      syncFolder(folder, files);
      return file;
    } catch (error) {
      files.closeSync(file);
      if (files.existsSync(path)) files.unlinkSync(path);
      throw error;
    }
  });
}

/** Overwrites a file with zeros before its name goes: settled payloads leave no readable trace. */
export function wipeFile(files: QueueFiles, path: string): void {
  if (!files.existsSync(path)) return;
  const { size } = files.statSync(path);
  const file = files.openSync(path, 'r+');
  try {
    writeZeros(files, file, size);
    files.fsyncSync(file);
  } finally {
    files.closeSync(file);
  }
  files.unlinkSync(path);
}
