/// <reference path="./webAssembly.d.ts" />
// What programs run on: the memory, and the threads that share it. A memory never shrinks, so that one that has grown large is given up as a
// whole once nothing in it is needed.
import { Heap } from './heap.ts';
import { threadArea } from './kernels.ts';
import { OutputDrawing } from './outputDrawing.ts';
import { SingleCommand } from './singleCommand.ts';
import { Team, type StartThread } from './team.ts';

export class Machine {
  readonly heap: Heap;
  readonly team: Team;
  readonly single: SingleCommand;
  readonly outputs: OutputDrawing;
  readonly #ownBytes: number;

  constructor(module: WebAssembly.Module, threads: number, startThread: StartThread | null, onThreadLost: (reason: string) => void, meetingLimitMs: number) {
    this.heap = new Heap(threadArea(threads));
    this.team = new Team(module, this.heap.memory, threads, startThread, onThreadLost, meetingLimitMs);
    this.single = new SingleCommand(this.heap, this.team);
    this.outputs = new OutputDrawing(this.heap, this.single);
    this.#ownBytes = this.heap.usedBytes;
  }

  /** Whether nobody has anything in its memory. */
  get isIdle(): boolean {
    return this.heap.usedBytes === this.#ownBytes;
  }
}
