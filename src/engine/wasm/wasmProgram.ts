// A lowered graph that can be run: stretch by stretch of commands, between the host's own tasks.
import { typeOf, type Graph, type ValueId } from '../../graph/graph.ts';
import type { Program, ProgramRequest, RunOptions } from '../engine.ts';
import { CancelledRun, EngineError, MemoryLimitError } from '../engineError.ts';
import { checkRun } from '../runChecks.ts';
import { byteLength, representation, type Tensor } from '../tensor.ts';
import { layOutArena, type Arena } from './arena.ts';
import { Binding } from './binding.ts';
import { Place, type BufferId } from './buffers.ts';
import { lowerGraph, type LoweredGraph } from './lowerGraph.ts';
import { faultValue } from './assembly/limits.ts';
import type { Machine } from './machine.ts';
import type { ResultReader } from './measuring.ts';
import type { Command, HostContext, HostTask } from './task.ts';

/** Operations after which a run looks whether it is still wanted: some 10 ms. */
const stretchWork = 3e8;

/** Commands that are done without the host in between. */
interface Stretch {
  readonly kind: 'stretch';
  readonly first: number;
  /** Its number among the stretches. */
  readonly index: number;
  readonly commands: readonly Command[];
}
type Part = Stretch | { readonly kind: 'host'; readonly first: number; readonly task: HostTask };

export class WasmProgram implements Program {
  readonly #lowered: LoweredGraph;
  readonly #arena: Arena;
  readonly #parts: readonly Part[];
  /** Outputs that a run can be told where to put. */
  readonly #movableOutputs: ReadonlyMap<ValueId, BufferId>;
  #binding: Binding | undefined;

  /** `threads`: those that there will be; `machine`: the one to run on now; `onRelease`: called when memory was given back. */
  constructor(
    private readonly graph: Graph, private readonly request: ProgramRequest, threads: number,
    private readonly machine: () => Machine, private readonly onRelease: () => void,
  ) {
    const lowered = (this.#lowered = lowerGraph(graph, request, threads));
    const outside = new Set([...lowered.given.values(), ...lowered.constants.values(), ...lowered.scalars.keys()]);
    const outputs = [...lowered.outputs.values()].map(({ buffer }) => buffer).filter((buffer) => !outside.has(buffer));
    this.#arena = layOutArena(lowered.tasks, lowered.buffers, new Set(outputs));
    this.#parts = partsOf(lowered);
    this.#movableOutputs = movableOutputs(graph, lowered, outside);
  }

  get nodeCount(): number {
    return this.#lowered.nodeCount;
  }

  get keptBytes(): number {
    return this.#binding?.bytes ?? 0;
  }

  run(options: RunOptions): Map<ValueId, Tensor> {
    checkRun(this.graph, this.request, options);
    const { tasks, setUp, outputs } = this.#lowered;
    const limit = this.#arena.liveBytes.findIndex((bytes) => bytes > options.memoryLimitBytes);
    const binding = this.#bind(limit, options);
    this.#placeGiven(binding, options);
    const context: HostContext = {
      options, tensorAt: (dtype, shape, place) => binding.tensorAt(dtype, shape, place),
      drawTo: (generator, count, place) => binding.machine.outputs.draw(generator, count, binding.addressOf(place)),
    };
    // The same for all of a run: commands that belong together share the work in the same way, though another thread may become ready meanwhile.
    const threads = binding.machine.team.size;
    let done = 0;
    try {
      for (const part of this.#parts) {
        if (part.first >= setUp) binding.isSetUp = true;
        else if (binding.isSetUp) continue;
        if (options.isCancelled?.() === true) throw new CancelledRun();
        const end = part.first + (part.kind === 'stretch' ? part.commands.length : 1);
        if (limit >= 0 && end > limit) {
          // What can be done before it is, so that what was measured until then is told.
          if (part.kind === 'stretch' && limit > part.first) this.#runStretch(binding, part.index, limit - part.first, threads);
          done = limit;
          const { node } = tasks[limit];
          throw new MemoryLimitError(node, this.graph.nodes[node].op, this.#arena.liveBytes[limit], options.memoryLimitBytes);
        }
        if (part.kind === 'host') runHost(part.task, context);
        else this.#runStretch(binding, part.index, part.commands.length, threads);
        done = end;
      }
    } finally {
      this.#tellMeasured(binding, done, options);
    }
    return new Map([...outputs].map(([value, place]) => [value, this.#handedOut(binding, value, place, options)]));
  }

  release(): void {
    if (this.#binding === undefined) return;
    this.#binding.release();
    this.#binding = undefined;
    this.onRelease();
  }

  /** The program's place in memory: the one that there is, if it is of the machine that runs now and for the same limit. */
  #bind(limit: number, options: RunOptions): Binding {
    const machine = this.machine();
    if (this.#binding !== undefined && (this.#binding.limit !== limit || this.#binding.machine !== machine)) this.release();
    if (this.#binding !== undefined) return this.#binding;
    const lowered = this.#lowered;
    const stretches = this.#parts.flatMap((part) => (part.kind === 'stretch' ? [part.commands] : []));
    const binding = new Binding(machine, limit, this.graph, lowered, this.#arena, stretches, new Set([...lowered.given.values(), ...this.#movableOutputs.values()]));
    try {
      for (const [id, buffer] of lowered.constants) {
        const { dtype, shape, data } = options.constants(id);
        binding.tensorAt(dtype, shape, new Place(buffer)).data.set(data);
      }
    } catch (error) {
      binding.release();
      throw error;
    }
    return (this.#binding = binding);
  }

  /** What lies in the machine's memory is read and written where it is; what lies elsewhere is copied. */
  #placeGiven(binding: Binding, { given, into }: RunOptions): void {
    const { heap } = binding.machine;
    for (const [value, buffer] of this.#lowered.given) {
      const { dtype, shape, data } = given!.get(value)!;
      const address = heap.addressOf(data);
      binding.move(buffer, address);
      if (address === undefined) binding.tensorAt(dtype, shape, new Place(buffer)).data.set(data);
    }
    for (const [value, buffer] of this.#movableOutputs) {
      const target = into?.get(value);
      binding.move(buffer, target && heap.addressOf(target.data));
    }
  }

  /** Of the values whose figures the first `done` tasks took. */
  #tellMeasured(binding: Binding, done: number, { onMeasured }: RunOptions): void {
    if (!onMeasured) return;
    const reader: ResultReader = {
      doubles: (place, count) => binding.tensorAt('float64', [count], place).data as Float64Array,
      integers: (place, count) => binding.tensorAt('int32', [count], place).data as Int32Array,
    };
    for (const { value, task, read } of this.#lowered.measurements) if (task < done) onMeasured(value, read(reader));
  }

  /** Runs the first `count` commands of a stretch. */
  #runStretch(binding: Binding, index: number, count: number, threads: number): void {
    const { words, address, isParallel } = binding.stretches[index];
    binding.machine.team.run(words, address, count, isParallel, threads);
    this.#throwFault(binding);
  }

  /** Throws the first fault that commands have found. */
  #throwFault(binding: Binding): void {
    const first = binding.faults.findIndex(([state]) => state !== 0);
    if (first < 0) return;
    for (const state of binding.faults) state[0] = 0;
    const { node, place, describe } = this.#lowered.faults[first];
    const error = describe(binding.tensorAt('float64', [1], new Place(place.buffer, place.offset + faultValue)).data[0]);
    error.node = node;
    throw error;
  }

  #handedOut(binding: Binding, value: ValueId, place: Place, options: RunOptions): Tensor {
    const { dtype, shape } = typeOf(this.graph, value);
    const tensor = binding.tensorAt(dtype, shape, place);
    const into = options.into?.get(value);
    if (into === undefined) return { dtype, shape, data: new representation[dtype].storage(tensor.data) };
    if (into.data.byteOffset !== tensor.data.byteOffset || binding.machine.heap.addressOf(into.data) === undefined) into.data.set(tensor.data);
    return into;
  }
}

/** Outputs that are the whole of a buffer which nobody else is: others lie in a larger one, or share theirs, and are copied to where they are wanted. */
function movableOutputs(graph: Graph, { outputs, buffers }: LoweredGraph, outside: ReadonlySet<BufferId>): Map<ValueId, BufferId> {
  const found = new Map<ValueId, BufferId>();
  for (const [value, { buffer, offset }] of outputs) {
    const { dtype, shape } = typeOf(graph, value);
    const { role, bytes } = buffers.list[buffer];
    const isShared = [...outputs].some(([other, place]) => other !== value && place.buffer === buffer);
    if (role === 'lasting' && offset === 0 && bytes === byteLength(dtype, shape) && !isShared && !outside.has(buffer)) found.set(value, buffer);
  }
  return found;
}

function runHost(task: HostTask, context: HostContext): void {
  try {
    task.run(context);
  } catch (error) {
    if (error instanceof EngineError) error.node = task.node;
    throw error;
  }
}

function partsOf({ tasks, setUp }: LoweredGraph): Part[] {
  const parts: Part[] = [];
  let commands: Command[] = [];
  let first = 0;
  let index = 0;
  let work = 0;
  const end = (): void => {
    if (commands.length > 0) parts.push({ kind: 'stretch', first, index: index++, commands });
    commands = [];
    work = 0;
  };
  for (const [n, task] of tasks.entries()) {
    if (n === setUp) end();
    if (task.kind === 'host') {
      end();
      parts.push({ kind: 'host', first: n, task });
      continue;
    }
    if (work > stretchWork) end();
    if (commands.length === 0) first = n;
    commands.push(task);
    work += task.work;
  }
  end();
  return parts;
}
