// A run of commands as it lies in shared memory, and how a thread goes through it. Every thread goes through all of it: a command is done
// by all of them, each its share, or by the first alone, and they meet between two commands unless both are the first's.
import { kernelNames, type KernelExports, type Kernel } from './kernels.ts';

/** Words of a command: number of its kernel, address of its arguments, flags. */
export const wordsPerCommand = 3;
export const parallelFlag = 1;
export const meetsBefore = 2;

/** The words of commands, each with its kernel, where its arguments are, and whether all threads take part. */
export function commandWords(commands: readonly { readonly kernel: number; readonly address: number; readonly isParallel: boolean }[]): Int32Array {
  const words = new Int32Array(commands.length * wordsPerCommand);
  commands.forEach(({ kernel, address, isParallel }, n) => {
    const meets = n > 0 && (isParallel || commands[n - 1].isParallel);
    words.set([kernel, address, (isParallel ? parallelFlag : 0) | (meets ? meetsBefore : 0)], n * wordsPerCommand);
  });
  return words;
}

/** Goes through `count` commands as one of `threads` threads. When it returns, all of them are done. */
export function runCommands(exports: KernelExports, kernels: readonly Kernel[], words: Int32Array, count: number, thread: number, threads: number): void {
  for (let n = 0, at = 0; n < count; n++, at += wordsPerCommand) {
    const flags = words[at + 2];
    if ((flags & meetsBefore) !== 0) exports.barrier(threads);
    if ((flags & parallelFlag) !== 0) kernels[words[at]](words[at + 1], thread, threads);
    else if (thread === 0) kernels[words[at]](words[at + 1], 0, 1);
  }
  // Nobody reads the words any more when the first thread goes on to write others.
  exports.barrier(threads);
}

export function kernelList(exports: KernelExports): Kernel[] {
  return kernelNames.map((name) => exports[name]);
}
