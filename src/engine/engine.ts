// How values of a graph get computed: an engine prepares what is asked for, once, and the prepared program is run as often as needed. There
// are two: the reference engine, which defines every number, and the one of WebAssembly kernels, which is fast.
import type { Graph, ValueId } from '../graph/graph.ts';
import type { DType, Shape } from '../graph/tensorType.ts';
import type { Measure, Measured } from './measure.ts';
import type { OptimizerStep } from './optimizerStep.ts';
import type { Tensor } from './tensor.ts';

/** What is to be computed. */
export interface ProgramRequest {
  readonly outputs: readonly ValueId[];
  /** Values that are not computed but handed to each run. */
  readonly given?: ReadonlySet<ValueId>;
  /** Values of which figures are taken as they pass by. */
  readonly measured?: ReadonlyMap<ValueId, Measure>;
  /** Values that a run may have taps on; no others. */
  readonly tapped?: readonly ValueId[];
  /** `fast` by default. */
  readonly rounding?: Rounding;
}

/**
 * `close`: nothing is used that rounds much more than a sum of products does, only because it is faster. Winograd's filtering rounds six times as much, and of a
 * million ReLUs one is then on the other side of zero, which moves the gradients of a deep network by a thousandth.
 */
export type Rounding = 'close' | 'fast';

export interface RunOptions {
  /** Storage of `constant` nodes. */
  constants(id: number): Tensor;
  /** The request's given values: exactly these. */
  readonly given?: ReadonlyMap<ValueId, Tensor>;
  /** Called once for each value when it is there. The tensor is valid during the call only, unless the value is an output. */
  readonly taps?: ReadonlyMap<ValueId, (tensor: Tensor) => void>;
  /** Called once for each measured value, some time after it was computed; also for those of a run that fails later. */
  onMeasured?(value: ValueId, measured: Measured): void;
  /**
   * Outputs that are written to these tensors, of the same type, none of them given and no two the same, which the result then has; of the others the
   * result has tensors of their own.
   */
  readonly into?: ReadonlyMap<ValueId, Tensor>;
  /** For everything the run itself holds; constants and given tensors do not count. */
  readonly memoryLimitBytes: number;
  /** Added to the offset of every random op, so that a training step draws anew. */
  readonly drawShift?: number;
  /** Asked again and again. */
  isCancelled?(): boolean;
}

export interface Program {
  /** Nodes that a run goes through. */
  readonly nodeCount: number;
  /** Bytes kept between runs, to be used again. */
  readonly keptBytes: number;
  /**
   * Computes the outputs. Throws `EngineError` (with its node), `MemoryLimitError` or `CancelledRun`; a program can be run again after
   * any of them.
   */
  run(options: RunOptions): Map<ValueId, Tensor>;
  /** Gives back what is kept. The program can be run again, and then keeps it anew. */
  release(): void;
}

export interface Engine {
  readonly name: string;
  /** Floating-point operations that it does in a second on an ordinary machine, about: for saying beforehand what takes too long. */
  readonly flopsPerSecond: number;
  /** Decides what is to be done; nothing is computed yet. */
  prepare(graph: Graph, request: ProgramRequest): Program;
  /** Tensors that programs of this engine read and write in place; their contents are arbitrary. To be given back with `free`. Throws `MemoryLimitError`. */
  allocate(dtype: DType, shapes: readonly Shape[]): TensorBlock;
  free(block: TensorBlock): void;
  /** One step of an optimizer, in place. */
  update(step: OptimizerStep): void;
}

/** Tensors that lie one after the other. */
export interface TensorBlock {
  /** All of them as one of rank 1. */
  readonly whole: Tensor;
  readonly parts: readonly Tensor[];
}

/** Prepares and runs once what the outputs, taps and measures need; for figures that somebody compares, unless `rounding` says otherwise. */
export function runGraph(
  engine: Engine, graph: Graph, outputs: readonly ValueId[], options: RunOptions, measured?: ReadonlyMap<ValueId, Measure>, rounding: Rounding = 'close',
): Map<ValueId, Tensor> {
  const program = engine.prepare(graph, {
    outputs, given: new Set(options.given?.keys()), tapped: [...(options.taps?.keys() ?? [])], rounding, ...(measured && { measured }),
  });
  try {
    return program.run(options);
  } finally {
    program.release();
  }
}
