// The ways in which a run can end early. None of them says anything about the shapes of a model: those are checked when
// a node is recorded.
import type { NodeId } from '../graph/graph.ts';

/** The data made a node impossible, in PyTorch's words; `name` is Python's exception class. */
export class EngineError extends Error {
  /** The node that failed, set by the plan that ran it. */
  node: NodeId | null = null;

  constructor(override readonly name: 'IndexError' | 'RuntimeError' | 'LinAlgError' | 'ZeroDivisionError' | 'OverflowError', message: string) {
    super(message);
  }
}

/** A value of int64 that does not fit the storage. */
export function overflow(value: number): EngineError {
  return new EngineError('OverflowError', `the value ${value} of an int64 tensor needs more than the 32 bits it is kept in here`);
}

export function zeroDivision(): EngineError {
  return new EngineError('ZeroDivisionError', 'integer division by zero');
}

/**
 * More storage was needed than the run may use, or than there are addresses for (`limitedBy`). `what`: an op, or what else needs it; `node` is null where it is
 * no node's.
 */
export class MemoryLimitError extends Error {
  override readonly name = 'MemoryLimitError';
  /** The message without what it is said of: a verb and its objects. */
  readonly need: string;

  constructor(
    readonly node: NodeId | null, readonly what: string, readonly neededBytes: number, readonly limitBytes: number, readonly limitedBy: 'setting' | 'addresses' = 'setting',
  ) {
    const [needed, allowed] = formatApart(neededBytes, limitBytes);
    const limit = limitedBy === 'setting' ? `the limit is ${allowed}`
      : neededBytes > limitBytes ? `WebAssembly has addresses for ${allowed}` : 'the machine has no more to give';
    const need = `needs ${needed} together with what is still in use; ${limit}`;
    super(`${what} ${need}`);
    this.need = need;
  }
}

/** A kernel trapped: a defect of the engine, not of the model. The engine goes on with a new memory. */
export class KernelFailure extends Error {
  override readonly name = 'KernelFailure';

  constructor(cause: unknown) {
    super(`A kernel of the tensor engine failed (${cause instanceof Error ? cause.message : String(cause)}). This is a defect of Activation Lens; the engine starts anew.`, { cause });
  }
}

/** Whoever asked for the run no longer wants it. */
export class CancelledRun extends Error {
  override readonly name = 'CancelledRun';

  constructor() {
    super('The run was cancelled');
  }
}

/** Two numbers of bytes with as many digits as tell them apart. */
function formatApart(a: number, b: number): [string, string] {
  for (let digits = 1; ; digits++) {
    const texts: [string, string] = [formatBytes(a, digits), formatBytes(b, digits)];
    if (texts[0] !== texts[1] || a === b || digits === 6) return texts;
  }
}

/** `6.6 GiB`, `512 bytes`. */
export function formatBytes(bytes: number, digits = 1): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let unit = 0;
  while (bytes >= 1024 && unit < units.length - 1) {
    bytes /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? bytes : bytes.toFixed(digits)} ${units[unit]}`;
}
