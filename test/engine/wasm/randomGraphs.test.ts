// Graphs that nobody wrote: views, chains, products and broadcasts in any order, through both engines.
import { strict as assert } from 'node:assert';
import { runGraph, type Engine } from '../../../src/engine/engine.ts';
import { MersenneTwister } from '../../../src/engine/mersenneTwister.ts';
import { referenceEngine } from '../../../src/engine/reference/referenceEngine.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import { typeOf, type ValueId } from '../../../src/graph/graph.ts';
import { elementCount, type DType, type Shape } from '../../../src/graph/tensorType.ts';
import { Recording, tensor } from '../recording.ts';
import { assertTensorsAgree, onOneThreadAndOnThree } from './agreement.ts';

const tolerance = 2e-5;

/** A recording that grows by random nodes. */
class Grower {
  readonly recording = new Recording();
  readonly values: ValueId[] = [];
  readonly #twister: MersenneTwister;

  constructor(seed: number) {
    this.#twister = MersenneTwister.seeded(seed);
    for (const shape of [[4, 6], [6], [1, 6], [4, 1], [3, 4, 6], [6, 4], [1], [600, 4], [2, 3, 4, 6]]) this.values.push(this.input(shape));
    for (const dtype of ['bool', 'int32', 'int64'] as const) for (const shape of [[4, 6], [6]]) this.values.push(this.input(shape, dtype));
  }

  below(count: number): number {
    return this.#twister.uint32() % count;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }
  input(shape: Shape, dtype: DType = 'float32'): ValueId {
    const length = elementCount(shape);
    if (dtype === 'float32') return this.recording.input(tensor(dtype, shape, Array.from({ length }, () => this.below(2001) / 1000 - 1)));
    const data = dtype === 'bool' ? Uint8Array.from({ length }, () => this.below(2)) : Int32Array.from({ length }, () => this.below(21) - 10);
    return this.recording.input({ dtype, shape, data });
  }
  dtype(value: ValueId): DType {
    return typeOf(this.recording.graph, value).dtype;
  }
  shape(value: ValueId): Shape {
    return typeOf(this.recording.graph, value).shape;
  }

  grow(): void {
    const x = this.pick(this.values.slice(-12));
    if (this.below(6) === 0) this.add('cast', [x], { dtype: this.pick(['float32', 'bool', 'int32', 'int64', 'float32'].filter((dtype) => this.isSafe(x, dtype))) });
    else if (this.dtype(x) === 'bool') this.growTruth(x);
    else if (this.dtype(x) === 'float32') this.growFloats(x);
    else this.growIntegers(x);
  }

  /** Whether a cast stays within what int64 is kept in: of what floats have become nobody knows. */
  isSafe(x: ValueId, dtype: string): boolean {
    return dtype !== 'int64' || this.dtype(x) !== 'float32';
  }

  growTruth(x: ValueId): void {
    switch (this.below(4)) {
      case 0: this.add('where', [x, this.like(x, 'float32'), this.like(x, 'float32')]); break;
      case 1: this.add('logical_not', [x]); break;
      default: this.add(this.pick(['add', 'mul', 'maximum', 'eq', 'ne', 'logical_and', 'logical_xor']), [x, this.like(x)]);
    }
  }

  growIntegers(x: ValueId): void {
    // int32 wraps around; int64 must not leave its 32 bits.
    const wraps = this.dtype(x) === 'int32';
    switch (this.below(4)) {
      case 0: this.add(this.pick(wraps ? ['neg', 'abs', 'square'] : ['logical_not']), [x]); break;
      case 1: this.add(this.pick(['add', 'mul', 'lt', 'maximum']), [x, this.like(x, 'float32')]); break;
      default: this.add(this.pick(['maximum', 'minimum', 'lt', 'eq', 'logical_and', ...(wraps ? ['add', 'sub', 'mul'] : [])]), [x, this.like(x)]);
    }
  }

  growFloats(x: ValueId): void {
    const shape = this.shape(x);
    switch (this.below(13)) {
      case 0: case 1: this.add(this.pick(['relu', 'tanh', 'sigmoid', 'neg', 'abs', 'square', 'silu']), [x]); break;
      case 2: case 3: this.add(this.pick(['add', 'sub', 'mul', 'maximum', 'minimum', 'lt', 'ge']), this.pick([[x, this.like(x)], [this.like(x), x]])); break;
      case 4: this.add('permute', [x], { dims: shape.map((_, axis) => axis).reverse() }); break;
      case 5: this.add('reshape', [x], { shape: this.pick([[elementCount(shape)], [elementCount(shape), 1], [...shape].reverse(), [1, ...shape]]) }); break;
      case 6: {
        if (shape.length === 0) break;
        const dim = this.below(shape.length);
        const start = this.below(shape[dim]);
        this.add('slice', [x], { dim, start, end: shape[dim], step: 1 + this.below(2) });
        break;
      }
      case 7: {
        if (shape.length < 2 || elementCount(shape) > 5000) break;
        const right = this.pick([true, false]) ? this.input([shape.at(-1)!, 1 + this.below(20)]) : this.recording.one('permute', [this.input([1 + this.below(20), shape.at(-1)!])], { dims: [1, 0] });
        this.add('matmul', [x, right]);
        break;
      }
      case 8: case 9: {
        const dim = [...shape.keys()].filter(() => this.below(2) === 0);
        this.add(this.pick(['mean', 'amax', 'logsumexp']), [x], { dim, keepdim: this.pick([true, false]) });
        break;
      }
      case 10: if (shape.length > 0) this.add(this.pick(['softmax', 'flip']), [x], { dim: shape.length - 1, dims: [0] }); break;
      case 11: {
        if (shape.length === 0 || elementCount(shape) > 5000) break;
        const dim = this.below(shape.length);
        this.add('cat', [x, this.input(shape), x], { dim });
        break;
      }
      default: {
        if (shape.length < 1 || elementCount(shape) > 5000) break;
        const out = 1 + this.below(9);
        this.add('linear', [x, this.input([out, shape.at(-1)!]), this.input([out])]);
      }
    }
  }

  /** A value that broadcasts with `x` to its shape: an older one where there is one, else made. */
  like(x: ValueId, dtype = this.dtype(x)): ValueId {
    const shape = this.shape(x);
    const fits = this.values.filter((value) => {
      const other = this.shape(value);
      return this.dtype(value) === dtype && other.length <= shape.length
        && other.every((size, axis) => size === 1 || size === shape[shape.length - other.length + axis]);
    });
    return fits.length > 0 && this.below(4) > 0 ? this.pick(fits) : this.input(shape.map((size) => (this.below(3) === 0 ? 1 : size)), dtype);
  }

  add(op: string, inputs: readonly ValueId[], attributes: object = {}): void {
    this.values.push(this.recording.one(op, inputs, attributes));
  }
}

function check(engine: Engine, seeds: number): void {
  for (let seed = 0; seed < seeds; seed += 1) {
    const grower = new Grower(seed);
    for (let n = 0; n < 30; n += 1) grower.grow();
    const { recording, values } = grower;
    const outputs = values.slice(-8);
    const options = { constants: recording.constants, memoryLimitBytes: 2 ** 30 };
    const wanted = runGraph(referenceEngine, recording.graph, values, options);
    // Twice, with some of the inputs given, some values looked at and some outputs written to the engine's own memory: what depends on the others
    // alone is computed in the first run only.
    const inputs = recording.graph.nodes.flatMap((node) => (node.op === 'constant' && grower.below(2) === 0 ? [[node.outputs[0], recording.constants(node.attributes.data)] as const] : []));
    const given = new Set(inputs.map(([value]) => value));
    const tapped = values.filter((value) => !given.has(value) && grower.below(4) === 0);
    const program = engine.prepare(recording.graph, { outputs, given, tapped });
    const block = engine.allocate('float32', outputs.map((value) => grower.shape(value)));
    for (let run = 0; run < 2; run += 1) {
      const what = `seed ${seed}, run ${run}`;
      const into = new Map(outputs.flatMap((value, at) => (typeOf(recording.graph, value).dtype === 'float32' && grower.below(2) === 0 ? [[value, block.parts[at]]] : [])));
      const taps = new Map(tapped.map((value) => [value, (found: Tensor) => assertTensorsAgree([found], [wanted.get(value)!], tolerance, `${what}, tap on ${value}`)]));
      const found = program.run({ ...options, given: new Map(inputs), into, taps });
      assertTensorsAgree([...found.values()], outputs.map((value) => wanted.get(value)!), tolerance, what);
      for (const [value, tensor] of into) assert.equal(found.get(value), tensor);
    }
    program.release();
    engine.free(block);
  }
}

onOneThreadAndOnThree('random graphs', (engine) => {
  it(`have the reference engine's values, within ${tolerance}`, () => check(engine(), 400));
});
