// What the tests of kernel families have in common: seeded configurations, and that a recorded graph has the reference engine's values.
import { strict as assert } from 'node:assert';
import type { Engine } from '../../../src/engine/engine.ts';
import { MersenneTwister } from '../../../src/engine/mersenneTwister.ts';
import { referenceEngine } from '../../../src/engine/reference/referenceEngine.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import type { WasmEngine } from '../../../src/engine/wasm/wasmEngine.ts';
import { typeOf, type ValueId } from '../../../src/graph/graph.ts';
import { elementCount, type Shape } from '../../../src/graph/tensorType.ts';
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
    const { shape } = of;
    const rank = shape.length;
    const form = this.below(3);
    if (form === 0 || rank === 0) return recording.input(of);
    if (form === 1) {
      const order = [...shape.keys()].reverse();
      const turned = recording.one('permute', [recording.input(of)], { dims: order });
      return recording.one('permute', [recording.one('add', [turned, zeroLike(recording, turned)])], { dims: order });
    }
    const dim = this.below(rank);
    const wide = recording.one('cat', [recording.input(of), recording.input(of)], { dim });
    return recording.one('slice', [wide], { dim, start: 0, end: shape[dim], step: 1 });
  }
}

function zeroLike(recording: Recording, value: ValueId): ValueId {
  return recording.one('full', [], { shape: [], value: 0, dtype: typeOf(recording.graph, value).dtype });
}

/** `magnitudes`: a value for each element of the outputs that the tolerance is a fraction of, where it is not the larger of 1 and the element. */
export function assertAgrees(
  recording: Recording, outputs: readonly ValueId[], engine: Engine, tolerance: number, what: string, magnitudes?: readonly ValueId[],
): void {
  const expected = recording.run([...outputs, ...(magnitudes ?? [])], referenceEngine);
  const found = recording.run(outputs, engine);
  found.forEach((result, output) => {
    const { dtype, shape, data } = expected[output];
    assert.equal(result.dtype, dtype, what);
    assert.deepEqual(result.shape, shape, what);
    const sizes = magnitudes && expected[outputs.length + output].data;
    result.data.forEach((value: number, n: number) => {
      const wanted = data[n];
      if (Object.is(value, wanted) || value === wanted) return;
      const size = sizes ? sizes[n] : Math.max(1, Math.abs(wanted));
      if (!(Math.abs(value - wanted) <= tolerance * size)) assert.fail(`${what}: element ${n} of output ${output} is ${value}, not ${wanted}`);
    });
  });
}

/** The tests of `body`, with one thread and with three. */
export function onOneThreadAndOnThree(title: string, body: (engine: () => Engine) => void): void {
  describe(`${title}, on one thread`, () => body(() => singleThreaded));
  describe(`${title}, on three threads`, () => {
    let threaded: WasmEngine;
    before(async () => void (threaded = await engineWithThreads(3)));
    after(() => threaded.dispose());
    body(() => threaded);
  });
}
