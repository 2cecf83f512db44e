// What the tests of kernel families have in common: seeded configurations, and that a recorded graph has the reference engine's values.
import { strict as assert } from 'node:assert';
import type { Engine } from '../../../src/engine/engine.ts';
import { MersenneTwister } from '../../../src/engine/mersenneTwister.ts';
import { referenceEngine } from '../../../src/engine/reference/referenceEngine.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import { lowerGraph } from '../../../src/engine/wasm/lowerGraph.ts';
import type { WasmEngine } from '../../../src/engine/wasm/wasmEngine.ts';
import type { Node, ValueId } from '../../../src/graph/graph.ts';
import { elementCount, type Shape } from '../../../src/graph/tensorType.ts';
import { laidOut } from '../layouts.ts';
import { Recording, tensor } from '../recording.ts';
import { engineWithThreads, singleThreaded } from './engineUnderTest.ts';

/** Choices and numbers from a seed. */
export class Draw {
  readonly #twister: MersenneTwister;

  constructor(seed: number) {
    this.#twister = MersenneTwister.seeded(seed);
  }
  /** -1..1 */
  number(): number {
    return this.#twister.uint32() / 2 ** 31 - 1;
  }
  below(count: number): number {
    return this.#twister.uint32() % count;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }
  /** Some of a list, in its order. */
  some<T>(list: readonly T[]): T[] {
    return list.filter(() => this.below(2) === 0);
  }
  floats(shape: Shape, of: () => number = () => this.number()): Tensor {
    return tensor('float32', shape, Array.from({ length: elementCount(shape) }, of));
  }
  /** Integers below `bound`, at least 0. */
  integers(shape: Shape, bound: number): Tensor {
    return { dtype: 'int64', shape, data: Int32Array.from({ length: elementCount(shape) }, () => this.below(bound)) };
  }
  bools(shape: Shape): Tensor {
    return { dtype: 'bool', shape, data: Uint8Array.from({ length: elementCount(shape) }, () => this.below(2)) };
  }
  /** A tensor as an input of the recording: as it is, or as a view of one that lies otherwise. */
  input(recording: Recording, of: Tensor): ValueId {
    return laidOut(recording, of, this.below(16));
  }
}

/** What an element may be off by a fraction of: the larger of 1 and itself, the largest finite element of its output, or a given number for each. */
type Magnitude = 'element' | 'output' | readonly ValueId[];

function sizesOf(expected: Tensor, magnitude: 'element' | 'output' | Tensor): (element: number) => number {
  if (magnitude === 'element') return (n) => Math.max(1, Math.abs(expected.data[n]));
  if (magnitude !== 'output') return (n) => magnitude.data[n];
  let largest = 1e-3;
  for (const value of expected.data) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  return () => largest;
}

/** Same type and shape; every element within `tolerance · size(element)`, NaN and infinities exactly. */
function assertAlike(found: Tensor, expected: Tensor, tolerance: number, size: (element: number) => number, what: string): void {
  assert.equal(found.dtype, expected.dtype, what);
  assert.deepEqual(found.shape, expected.shape, what);
  found.data.forEach((value: number, n: number) => {
    const wanted = expected.data[n];
    if (Object.is(value, wanted) || value === wanted) return;
    if (!(Math.abs(value - wanted) <= tolerance * size(n))) assert.fail(`${what}, element ${n} is ${value}, not ${wanted}`);
  });
}

/** Outputs of a recording, by the engine and by the reference. */
export function assertAgrees(
  recording: Recording, outputs: readonly ValueId[], engine: Engine, tolerance: number, what: string, magnitude: Magnitude = 'element',
): void {
  const sizes = typeof magnitude === 'string' ? [] : magnitude;
  const expected = recording.run([...outputs, ...sizes], referenceEngine);
  recording.run(outputs, engine).forEach((found, output) => {
    const of = typeof magnitude === 'string' ? magnitude : expected[outputs.length + output];
    assertAlike(found, expected[output], tolerance, sizesOf(expected[output], of), `${what}: output ${output}`);
  });
}

/** The nodes of a recording that are left to their reference kernels, whose work nobody knows; other work of the host is counted. */
export function leftToReference({ graph }: Recording, outputs: readonly ValueId[]): Node[] {
  return lowerGraph(graph, { outputs }, 1).tasks.filter(({ kind, work }) => kind === 'host' && work === Infinity).map(({ node }) => graph.nodes[node]);
}

/** Tensors that were computed twice. */
export function assertTensorsAgree(found: readonly Tensor[], expected: readonly Tensor[], tolerance: number, what: string): void {
  assert.equal(found.length, expected.length, what);
  found.forEach((each, n) => assertAlike(each, expected[n], tolerance, sizesOf(expected[n], 'element'), `${what}: tensor ${n}`));
}

/** The tests of `body`, with one thread and with three. */
export function onOneThreadAndOnThree(title: string, body: (engine: () => WasmEngine) => void): void {
  describe(`${title}, on one thread`, () => body(() => singleThreaded));
  describe(`${title}, on three threads`, () => {
    let threaded: WasmEngine;
    before(async () => void (threaded = await engineWithThreads(3)));
    after(() => threaded.dispose());
    body(() => threaded);
  });
}
