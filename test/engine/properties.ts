// Statements that hold of ops for any input, put to a backend: against plain definitions, and between ops. Sizes of 0 and 1, odd strides
// and padding, broadcasting, NaN, infinities, denormal numbers and −0 are among the cases.
import { strict as assert } from 'node:assert';
import { broadcastShapes } from '../../src/graph/broadcast.ts';
import * as naive from './naive.ts';
import { assertSame, axesOf, benchOf, dotProduct, type RunGraph } from './propertyBench.ts';
import type { RandomCases } from './randomCases.ts';
import { Recording } from './recording.ts';
import { partProperties, windowProperties } from './relationProperties.ts';
import { typeProperties } from './typeProperties.ts';

/** What an error is a share of where a value is smaller: silu's exponential underflows before its product does, in PyTorch too. */
const scales: Readonly<Record<string, number>> = { sin: 1, cos: 1, silu: 1e-37 };

export function properties(name: string, run: RunGraph): void {
  const { holds, first } = benchOf(run);
  describe(`${name}: properties of element-wise ops`, () => {
    for (const [op, f] of Object.entries(naive.unary)) {
      holds(`${op} is its definition at every border of float32`, 4, (random, what) => {
        const x = random.harsh(random.shape(random.integer(0, 3)));
        const y = first(op, [x]);
        assertSame(y, naive.make(x.shape, (place) => f(naive.at(x, place))), `${op} ${what}`, scales[op] ?? 0);
      });
    }
    for (const op of ['neg', 'abs', 'floor', 'ceil', 'trunc', 'sqrt']) {
      it(`${op} keeps the sign of zero`, () => {
        const y = first(op, [{ dtype: 'float32', shape: [2], data: Float32Array.of(0, -0) }]);
        const f = naive.unary[op];
        assert.deepEqual(Array.from(y.data, (value) => Object.is(value, -0)), [0, -0].map((value) => Object.is(f(value), -0)));
      });
    }
    for (const [op, f] of Object.entries(naive.binary)) {
      holds(`${op} broadcasts, and is its definition at every border of float32`, 12, (random, what) => {
        const shape = random.shape(random.integer(0, 4), 0, 4);
        const [x, y] = [random.harsh(random.broadcastOf(shape)), random.harsh(random.broadcastOf(shape))];
        const common = broadcastShapes(x.shape, y.shape);
        const z = first(op, [x, y]);
        assertSame(z, naive.make(common, (place) => f(naive.at(x, place), naive.at(y, place))), `${op} ${what} ${x.shape} and ${y.shape}`);
      });
    }
    holds('an op of broadcast inputs is that of expanded inputs', 20, (random, what) => {
      const shape = random.shape(3, 1, 4);
      const recording = new Recording();
      const [x, y] = [recording.input(random.harsh(random.broadcastOf(shape))), recording.input(random.harsh(shape))];
      const op = random.pick(['add', 'mul', 'div', 'pow', 'atan2', 'hypot', 'maximum', 'lt']);
      const outputs = [recording.one(op, [x, y]), recording.one(op, [recording.one('expand', [x], { shape }), y])];
      const [implicit, explicit] = run(recording, outputs);
      assertSame(implicit, explicit, `${op} ${what}`);
    });
    holds('an op of a permuted tensor is the permuted result', 20, (random, what) => {
      const x = random.tensor(random.shape(4, 0, 4));
      const dims = random.permutation(4);
      const recording = new Recording();
      const value = recording.input(x);
      const op = random.pick(['exp', 'tanh', 'gelu', 'sigmoid', 'relu']);
      const attributes = op === 'gelu' ? { approximate: 'none' } : {};
      const before = recording.one(op, [recording.one('permute', [value], { dims })], attributes);
      const after = recording.one('permute', [recording.one(op, [value], attributes)], { dims });
      const [left, right] = run(recording, [before, after]);
      assertSame(left, right, `${op} ${what}`);
    });
  });

  describe(`${name}: properties of reductions and scans`, () => {
    for (const [op, f] of Object.entries(naive.reductions)) {
      holds(`${op} is its definition over any axes`, 16, (random, what) => {
        const rank = random.integer(1, 4);
        const least = op === 'amax' || op === 'amin' ? 1 : 0;
        const x = random.number() < 0.5 ? random.tensor(random.shape(rank, least)) : random.tame(random.shape(rank, least));
        const dim = axesOf(x.shape).filter(() => random.number() < 0.5);
        if (dim.length === 0) dim.push(random.integer(0, rank - 1));
        const kept = x.shape.map((size, axis) => (dim.includes(axis) ? 1 : size));
        const expected = naive.make(kept, (place) => f(naive.lane(x, dim, place)));
        assertSame(first(op, [x], { dim, keepdim: true }), expected, `${op} over ${dim} ${what}`, 8);
      });
    }
    holds('a sum over all axes is the sum of sums over each', 12, (random, what) => {
      const x = random.tensor(random.shape(3, 0, 6));
      const recording = new Recording();
      let stepwise = recording.input(x);
      const whole = recording.one('sum', [stepwise], { dim: [0, 1, 2], keepdim: false });
      for (let axis = 2; axis >= 0; axis -= 1) stepwise = recording.one('sum', [stepwise], { dim: [axis], keepdim: false });
      const [left, right] = run(recording, [whole, stepwise]);
      assertSame(left, right, what, 16);
    });
    holds('the last of a cumsum is the sum; of a cummax the maximum', 12, (random, what) => {
      const x = random.tensor(random.shape(3, 1, 6));
      const axis = random.integer(0, 2);
      const slice = { dim: axis, start: x.shape[axis] - 1, end: x.shape[axis], step: 1 };
      const recording = new Recording();
      const value = recording.input(x);
      const outputs = [['cumsum', 'sum'], ['cummax', 'amax'], ['cummin', 'amin']].flatMap(([scan, total]) => [
        recording.one('slice', [recording.one(scan, [value], { dim: axis })], slice), recording.one(total, [value], { dim: [axis], keepdim: true }),
      ]);
      const results = run(recording, outputs);
      for (let n = 0; n < results.length; n += 2) assertSame(results[n], results[n + 1], what, 4);
    });
    holds('softmax adds up to 1, and does not see a common shift', 12, (random, what) => {
      const x = random.tensor(random.shape(3, 1, 6), -30, 30);
      const dim = random.integer(0, 2);
      const recording = new Recording();
      const value = recording.input(x);
      const shift = recording.one('full', [], { shape: [], value: 50, dtype: 'float32' });
      const y = recording.one('softmax', [value], { dim });
      const moved = recording.one('softmax', [recording.one('add', [value, shift])], { dim });
      const [plain, shifted, total] = run(recording, [y, moved, recording.one('sum', [y], { dim: [dim], keepdim: false })]);
      assertSame(shifted, plain, what, 1);
      assertSame(total, naive.make(total.shape, () => 1), what);
    });
    holds('sort gives every element back, ascending, from where its index says', 12, (random, what) => {
      const x = random.harsh(random.shape(2, 0, 9));
      const recording = new Recording();
      const value = recording.input(x);
      const [sorted, indices] = recording.all('sort', [value], { dim: 1, descending: false });
      const [values, taken] = run(recording, [sorted, recording.one('gather', [value, indices], { dim: 1 })]);
      assertSame(values, taken, what);
      for (let i = 1; i < values.data.length; i += 1) {
        if (i % values.shape[1] === 0) continue;
        const [before, after] = [values.data[i - 1], values.data[i]];
        assert.ok(Number.isNaN(after) || before <= after, `${before} before ${after}, ${what}`);
      }
    });
  });

  describe(`${name}: properties of products and convolutions`, () => {
    holds('matmul is its definition, batches broadcast, sizes of 0 and 1 among them', 40, (random, what) => {
      const [m, k, n] = random.shape(3, 0, 9);
      const batch = random.shape(random.integer(0, 2), 1, 3);
      const [x, y] = [random.tensor([...random.broadcastOf(batch), m, k]), random.tensor([...random.broadcastOf(batch), k, n])];
      const shape = [...broadcastShapes(x.shape.slice(0, -2), y.shape.slice(0, -2)), m, n];
      assertSame(first('matmul', [x, y]), naive.matmul(x, y, shape), `${x.shape} by ${y.shape} ${what}`, 4);
    });
    holds('linear is matmul with the transposed weight, plus the bias', 16, (random, what) => {
      const [rows, inputs, outputs] = random.shape(3, 0, 20);
      const recording = new Recording();
      const [x, weight, bias] = [[rows, inputs], [outputs, inputs], [outputs]].map((shape) => recording.input(random.tensor(shape)));
      const product = recording.one('matmul', [x, recording.one('permute', [weight], { dims: [1, 0] })]);
      const [found, expected] = run(recording, [recording.one('linear', [x, weight, bias]), recording.one('add', [product, bias])]);
      assertSame(found, expected, what, 8);
    });
    const geometry = (random: RandomCases, rank: number, groups: number) => {
      const each = (low: number, high: number) => Array.from({ length: rank }, () => random.integer(low, high));
      return { stride: each(1, 3), padding: each(0, 2), dilation: each(1, 2), transposed: false, outputPadding: each(0, 0), groups };
    };
    holds('a convolution of 1 to 3 axes is its definition, whatever stride, padding, dilation and groups', 40, (random, what) => {
      const rank = random.integer(1, 3);
      const groups = random.pick([1, 1, 2, 3]);
      const attributes = geometry(random, rank, groups);
      const kernel = Array.from({ length: rank }, () => random.integer(1, 3));
      const sizes = kernel.map((size, axis) => (size - 1) * attributes.dilation[axis] + 1 + random.integer(0, 5));
      const x = random.tensor([random.size(0, 2), groups * random.integer(1, 2), ...sizes]);
      const weight = random.tensor([groups * random.integer(1, 2), x.shape[1] / groups, ...kernel]);
      const y = first('convolution', [x, weight], attributes);
      assertSame(y, naive.convolution(x, weight, y.shape, attributes), `${JSON.stringify(attributes)} ${what}`, 8);
    });
    holds('the transposed convolution is the adjoint of the convolution, and so are the backward passes', 24, (random, what) => {
      const rank = random.integer(1, 2);
      const groups = random.pick([1, 2]);
      const attributes = geometry(random, rank, groups);
      const kernel = Array.from({ length: rank }, () => random.integer(1, 3));
      const sizes = kernel.map((size, axis) => (size - 1) * attributes.dilation[axis] + 1 + random.integer(0, 5));
      const x = random.tensor([random.integer(1, 2), groups * 2, ...sizes]);
      const weight = random.tensor([groups, 2, ...kernel]);
      const y = first('convolution', [x, weight], attributes);
      const g = random.tensor(y.shape);
      const dx = first('convolution_backward_input', [g, weight], { ...attributes, inputShape: x.shape });
      const dweight = first('convolution_backward_weight', [g, x], { ...attributes, weightShape: weight.shape });
      const expected = dotProduct(y, g);
      for (const found of [dotProduct(x, dx), dotProduct(weight, dweight)]) {
        assert.ok(Math.abs(found - expected) <= 2e-4 * Math.max(1, Math.abs(expected)), `${found}, expected ${expected}, ${what}`);
      }
    });
  });
  windowProperties(name, benchOf(run));
  partProperties(name, benchOf(run));
  typeProperties(name, benchOf(run));
}
