import { accessSync, constants } from 'node:fs';

/**
 * A folder on a disk in memory, where there is one: the simulation's own disks say what is durable. Within a run of tests it is the run's.
 * @param otherwise where there is none
 */
export function memoryFolder(otherwise: string): string {
  if (process.env['MADOGUCHI_RUN_FOLDER'] !== undefined) return process.env['MADOGUCHI_RUN_FOLDER'];
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return otherwise;
  }
}
