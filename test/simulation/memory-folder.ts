import { accessSync, constants } from 'node:fs';

/** A folder on a disk in memory, where there is one: the simulation's own disks say what is durable. @param otherwise where there is none */
export function memoryFolder(otherwise: string): string {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return otherwise;
  }
}
