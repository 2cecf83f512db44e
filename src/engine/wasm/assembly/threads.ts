// How several threads run one command: each calls the kernel with its number and works on its share; between commands they meet at a
// barrier. Its words lie at fixed addresses below everything that the host allocates.

import { meetingLimit } from './limits';

/** Threads that have come to the barrier. */
const arrivedAt: usize = 1024;
/** Counts the barriers passed. */
const generationAt: usize = 1088;
/** Not 0: a thread has failed. Beside the generation, where whoever waits looks anyway. */
const abortedAt: usize = 1092;
/** Threads that sleep at the barrier. */
const sleepingAt: usize = 1152;
/** What a wait returns that has come to its limit. */
const timedOut = 2;
/** Looks at the generation before a thread goes to sleep: some 100 µs, as waking takes 30 to 50 and serial commands in between as long. */
const spins = 100000;

/** Where this thread's own scratch lies, 128 KiB; each thread has an instance of its own. */
let area: usize = 0;

/** To be called once by each thread, before any kernel. */
export function enterThread(start: usize): void {
  area = start;
}
/** Scratch that is a kernel's until it returns: chains have the first half, what they run within the second. */
export function threadArea(): usize {
  return area;
}

/** Tells all threads that this one has failed: they trap at the barrier, where they would wait for it for ever. */
export function abort(): void {
  atomic.store<i32>(abortedAt, 1);
  atomic.add<i32>(generationAt, 1);
  atomic.notify(generationAt, -1);
}

/** Returns when all of `threads` threads have called it. Traps where one of them has failed. */
export function barrier(threads: i32): void {
  if (threads == 1) return;
  meet(threads);
  if (atomic.load<i32>(abortedAt) != 0) unreachable();
}

function meet(threads: i32): void {
  const generation = atomic.load<i32>(generationAt);
  if (atomic.load<i32>(abortedAt) != 0) return;
  if (atomic.add<i32>(arrivedAt, 1) == threads - 1) {
    atomic.store<i32>(arrivedAt, 0);
    atomic.store<i32>(generationAt, generation + 1);
    if (atomic.load<i32>(sleepingAt) > 0) atomic.notify(generationAt, threads);
    return;
  }
  for (let spin = 0; spin < spins; spin++) {
    if (atomic.load<i32>(generationAt) != generation) return;
  }
  atomic.add<i32>(sleepingAt, 1);
  const limit = <i64>load<i32>(meetingLimit) * 1_000_000;
  while (atomic.load<i32>(generationAt) == generation) {
    if (atomic.wait<i32>(generationAt, generation, limit) == timedOut) abort();
  }
  atomic.sub<i32>(sleepingAt, 1);
}

/** Where the share of `thread` begins, of `count` things dealt in whole `unit`s; that of `thread + 1` is where it ends. */
@inline export function shareStart(count: i32, unit: i32, thread: i32, threads: i32): i32 {
  const units = (count + unit - 1) / unit;
  const start = <i32>(<i64>units * thread / threads) * unit;
  return start < count ? start : count;
}
