// Lays the intermediates of a program out in one range: each has its place from the first task that touches it to the last, and what is free
// then is used again.
import { Buffers, type BufferId } from './buffers.ts';
import { FreeList } from './freeList.ts';
import { touched, type Task } from './task.ts';

export interface Arena {
  /** Where each buffer of the arena lies. */
  readonly offsets: ReadonlyMap<BufferId, number>;
  /** Bytes that the arena has to have to do the tasks up to and including each. */
  readonly extents: readonly number[];
  /** Bytes of all values that live during each task; what is scratch, given or constant left out. */
  readonly liveBytes: readonly number[];
}

/** `outputs`: buffers that are read when all is done; they count as the run's own wherever they lie. */
export function layOutArena(tasks: readonly Task[], { list }: Buffers, outputs: ReadonlySet<BufferId>): Arena {
  const touches = tasks.map((task) => [...new Set(touched(task))]);
  const last = new Map<BufferId, number>();
  touches.forEach((buffers, n) => buffers.forEach((buffer) => last.set(buffer, n)));
  for (const buffer of outputs) last.set(buffer, tasks.length);
  const offsets = new Map<BufferId, number>();
  const begun = new Set<BufferId>();
  /** Buffers whose place another one has taken. */
  const passedOn = new Set<BufferId>();
  const free = new FreeList();
  const extents: number[] = [];
  const liveBytes: number[] = [];
  let live = 0;
  touches.forEach((buffers, n) => {
    for (const buffer of buffers) {
      const { bytes, role } = list[buffer];
      if (begun.has(buffer)) continue;
      begun.add(buffer);
      const over = overwritten(tasks[n], buffer).find((input) => list[input].role === 'arena' && list[input].bytes === bytes && last.get(input) === n);
      if (role !== 'lasting' && over !== undefined) {
        offsets.set(buffer, offsets.get(over)!);
        passedOn.add(over);
      } else if (role !== 'lasting') {
        offsets.set(buffer, free.allocate(bytes));
      }
      if (role === 'arena' || outputs.has(buffer)) live += bytes;
      if (over !== undefined && role !== 'lasting') live -= bytes;
    }
    extents.push(free.end);
    liveBytes.push(live);
    for (const buffer of buffers) {
      const { bytes, role } = list[buffer];
      if (role === 'lasting' || last.get(buffer) !== n || passedOn.has(buffer)) continue;
      free.release(offsets.get(buffer)!, bytes);
      if (role === 'arena') live -= bytes;
    }
  });
  return { offsets, extents, liveBytes };
}

/** Inputs that a task may overwrite with one of its outputs. */
function overwritten(task: Task, output: BufferId): BufferId[] {
  return task.kind === 'host' ? [] : (task.inPlace ?? []).filter((pair) => pair.output === output).map(({ input }) => input);
}
