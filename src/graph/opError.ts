// An op that cannot be recorded as asked. The message is the one PyTorch gives for the same mistake, so that a user can look it up.

/** The Python exception that the error becomes. */
export type OpErrorName = 'RuntimeError' | 'TypeError' | 'ValueError' | 'IndexError' | 'NotImplementedError';

export class OpError extends Error {
  override readonly name: OpErrorName;

  constructor(message: string, name: OpErrorName = 'RuntimeError') {
    super(message);
    this.name = name;
  }
}

/** Throws an `OpError` unless `holds`. `message` is a function because it is built for the failing case only. */
export function check(holds: boolean, message: () => string, name?: OpErrorName): void {
  if (!holds) throw new OpError(message(), name);
}

/** `[2, 3]`, as PyTorch prints sizes in its messages. */
export function formatSizes(sizes: readonly number[]): string {
  return `[${sizes.join(', ')}]`;
}
