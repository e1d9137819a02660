/**
 * An expected failure is a value, never an exception. `code` types come from this folder.
 * Exceptions mean a bug and end the operation.
 */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** Makes a `switch` exhaustive at compile time; reached at run time only through a bug. */
export function unreachable(value: never): never {
  throw new Error(`unreachable case: ${typeof value}`);
}
