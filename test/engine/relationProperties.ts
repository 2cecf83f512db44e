// Properties of windows, of parts and wholes, and of ops that undo or stand for one another.
import { strict as assert } from 'node:assert';
import { typeOf, type ValueId } from '../../src/graph/graph.ts';
import { elementCount } from '../../src/graph/tensorType.ts';
import type { Tensor } from '../../src/engine/tensor.ts';
import * as naive from './naive.ts';
import { assertSame, axesOf, dotProduct, type Bench } from './propertyBench.ts';
import type { RandomCases } from './randomCases.ts';
import { Recording } from './recording.ts';

/** Of windows, and of what is linear in its input: ⟨A x, y⟩ = ⟨x, Aᵀ y⟩. */
export function windowProperties(name: string, { holds, first }: Bench): void {
  describe(`${name}: properties of windows`, () => {
    const pooling = (random: RandomCases, rank: number) => {
      const kernelSize = Array.from({ length: rank }, () => random.integer(1, 3));
      const padding = kernelSize.map((size) => random.integer(0, Math.floor(size / 2)));
      return { kernelSize, padding, stride: kernelSize.map(() => random.integer(1, 3)), ceilMode: false };
    };
    holds('poolings are their definitions, whatever stride and padding, NaN and infinities included', 30, (random, what) => {
      const rank = random.integer(1, 3);
      const attributes = pooling(random, rank);
      const x = random.harsh([random.size(0, 2), 2, ...attributes.kernelSize.map((size) => size + random.integer(0, 4))]);
      const pool = (place: number[]) => naive.window(x, place, attributes.kernelSize, attributes.stride, attributes.padding);
      const largest = first('max_pool_with_indices', [x], { ...attributes, dilation: attributes.kernelSize.map(() => 1) });
      assertSame(largest, naive.make(largest.shape, (place) => Math.max(...pool(place))), `max ${what}`);
      const average = { ...attributes, countIncludePad: random.number() < 0.5, divisorOverride: null };
      const tame = { ...x, data: x.data.map((value) => (Math.abs(value) < 1e6 ? value : 1)) };
      const mean = first('avg_pool', [tame], average);
      const expected = naive.make(mean.shape, (place) => {
        const values = naive.window(tame, place, attributes.kernelSize, attributes.stride, attributes.padding);
        return values.reduce((sum, value) => sum + value, 0) / (average.countIncludePad ? elementCount(attributes.kernelSize) : values.length);
      });
      assertSame(mean, expected, `mean ${JSON.stringify(average)} ${what}`, 4);
    });
    const assertAdjoint = (forward: Tensor, x: Tensor, g: Tensor, backward: Tensor, what: string): void => {
      const [left, right] = [dotProduct(forward, g), dotProduct(x, backward)];
      assert.ok(Math.abs(left - right) <= 2e-4 * Math.max(1, Math.abs(left)), `${left} and ${right}, ${what}`);
    };
    holds('what is linear has its adjoint for a backward pass: im2col, interpolation, average pooling, padding', 24, (random, what) => {
      const x = random.tensor([random.integer(1, 2), 2, random.integer(3, 6), random.integer(3, 6)]);
      const windows = { ...pooling(random, 2), dilation: [1, 1] };
      const { ceilMode: _, ...sliding } = windows;
      const columns = first('im2col', [x], sliding);
      const g = random.tensor(columns.shape);
      assertAdjoint(columns, x, g, first('col2im', [g], { ...sliding, outputSize: x.shape.slice(2) }), `im2col ${what}`);
      const mode = random.pick(['nearest', 'nearest-exact', 'linear', 'cubic']);
      const isSmooth = mode === 'linear' || mode === 'cubic';
      const resizing = {
        mode, outputSize: [random.integer(1, 9), random.integer(1, 9)], scales: [null, null], alignCorners: isSmooth && random.number() < 0.5,
        antialias: isSmooth && random.number() < 0.5,
      };
      const resized = first('interpolate', [x], resizing);
      const g2 = random.tensor(resized.shape);
      assertAdjoint(resized, x, g2, first('interpolate_backward', [g2], { ...resizing, inputShape: x.shape }), `${JSON.stringify(resizing)} ${what}`);
      const averaging = { ...pooling(random, 2), countIncludePad: true, divisorOverride: null };
      const pooled = first('avg_pool', [x], averaging);
      const g3 = random.tensor(pooled.shape);
      assertAdjoint(pooled, x, g3, first('avg_pool_backward', [g3], { ...averaging, inputShape: x.shape }), `avg_pool ${what}`);
      const pads = [[0, 0], [0, 0], [random.integer(0, 2), 1], [2, random.integer(0, 2)]];
      const padding = { pads, mode: random.pick(['reflect', 'replicate', 'circular']) };
      const padded = first('pad', [x], { ...padding, value: 0 });
      const g4 = random.tensor(padded.shape);
      assertAdjoint(padded, x, g4, first('pad_backward', [g4], { ...padding, inputShape: x.shape }), `${padding.mode} ${what}`);
    });
    holds('interpolation of a constant image is that constant', 24, (random, what) => {
      const x = naive.make([1, 1, random.integer(1, 6), random.integer(1, 6)], () => 1.5);
      const mode = random.pick(['nearest', 'nearest-exact', 'linear', 'cubic']);
      const attributes = {
        mode, outputSize: [random.integer(1, 9), random.integer(1, 9)], scales: [null, null], alignCorners: mode === 'linear',
        antialias: mode === 'cubic' && random.number() < 0.5,
      };
      const y = first('interpolate', [x], attributes);
      assertSame(y, naive.make(y.shape, () => 1.5), `${JSON.stringify(attributes)} ${what}`);
    });
  });
}

/** Of parts and wholes, and of ops that undo or stand for one another. */
export function partProperties(name: string, { holds, first, run }: Bench): void {
  describe(`${name}: properties of parts and wholes`, () => {
    holds('what treats each image or row for itself gives for a batch what it gives for the parts', 24, (random, what) => {
      const cases: readonly [string, Tensor, readonly Tensor[], object][] = [
        ['convolution', random.tensor([4, 2, 5, 5]), [random.tensor([3, 2, 3, 3]), random.tensor([3])],
          { stride: [2, 1], padding: [1, 0], dilation: [1, 1], transposed: false, outputPadding: [0, 0], groups: 1 }],
        ['linear', random.tensor([4, 7]), [random.tensor([3, 7]), random.tensor([3])], {}],
        ['native_layer_norm', random.tensor([4, 6]), [random.tensor([6]), random.tensor([6])], { normalizedRank: 1, eps: 1e-5 }],
        ['adaptive_avg_pool', random.tensor([4, 2, 5, 3]), [], { outputSize: [2, 2] }],
        ['log_softmax', random.tensor([4, 9]), [], { dim: 1 }],
      ];
      const [op, x, others, attributes] = random.pick(cases);
      const recording = new Recording();
      const value = recording.input(x);
      const rest = others.map((other) => recording.input(other));
      const cut = random.integer(1, 3);
      const parts = [[0, cut], [cut, 4]].map(([start, end]) =>
        recording.one(op, [recording.one('slice', [value], { dim: 0, start, end, step: 1 }), ...rest], attributes));
      const [whole, joined] = run(recording, [recording.one(op, [value, ...rest], attributes), recording.one('cat', parts, { dim: 0 })]);
      assertSame(joined, whole, `${op} ${what}`, 1);
    });
    holds('cutting and joining, permuting and flipping there and back change nothing, bit for bit', 24, (random, what) => {
      const x = random.harsh(random.shape(4, 0, 4));
      const dims = random.permutation(4);
      const axis = random.integer(0, 3);
      const cut = random.integer(0, x.shape[axis]);
      const recording = new Recording();
      const value = recording.input(x);
      const slice = (start: number, end: number) => recording.one('slice', [value], { dim: axis, start, end, step: 1 });
      const outputs = [
        recording.one('cat', [slice(0, cut), slice(cut, x.shape[axis])], { dim: axis }),
        recording.one('permute', [recording.one('permute', [value], { dims })], { dims: dims.map((_, at) => dims.indexOf(at)) }),
        recording.one('flip', [recording.one('flip', [value], { dims: [axis] })], { dims: [axis] }),
      ];
      for (const y of run(recording, outputs)) {
        assert.deepEqual(y.shape, x.shape, what);
        x.data.forEach((wanted, i) => assert.ok(Object.is(y.data[i], wanted), `element ${i} ${what}`));
      }
    });
    holds('scatter_add gives back to each place what gather took from it', 16, (random, what) => {
      const [rows, columns, count] = [random.integer(1, 4), random.integer(1, 6), random.integer(0, 9)];
      const index = random.indices([rows, count], columns);
      const x = random.tensor([rows, columns]);
      const taken = first('gather', [x, index], { dim: 1 });
      const g = random.tensor(taken.shape);
      const back = first('scatter_add', [naive.make(x.shape, () => 0), index, g], { dim: 1 });
      const [left, right] = [dotProduct(taken, g), dotProduct(x, back)];
      assert.ok(Math.abs(left - right) <= 1e-4 * Math.max(1, Math.abs(left)), what);
    });
    holds('attention is the softmax of scaled products, and causal attention that with a triangular mask', 24, (random, what) => {
      const [batch, queries, keys, width] = [random.integer(1, 3), random.size(0, 9), random.integer(1, 9), random.integer(1, 8)];
      const recording = new Recording();
      const [q, k, v] = [queries, keys, keys].map((length) => recording.input(random.tensor([batch, length, width])));
      const ones = recording.one('full', [], { shape: [queries, keys], value: 1, dtype: 'float32' });
      const mask = recording.one('cast', [recording.one('tril', [ones], { diagonal: 0 })], { dtype: 'bool' });
      const attend = (inputs: readonly ValueId[], isCausal: boolean) => recording.one('scaled_dot_product_attention', inputs, { isCausal, scale: 0.4 });
      const products = recording.one('matmul', [q, recording.one('permute', [k], { dims: [0, 2, 1] })]);
      const scaled = recording.one('mul', [products, recording.one('full', [], { shape: [], value: 0.4, dtype: 'float32' })]);
      const formula = recording.one('matmul', [recording.one('softmax', [scaled], { dim: 2 }), v]);
      const outputs = [attend([q, k, v], false), formula, attend([q, k, v], true), attend([q, k, v, mask], false)];
      const [plain, expected, causal, masked] = run(recording, outputs);
      assertSame(plain, expected, what, 2);
      assertSame(causal, masked, what, 2);
    });
    holds('a Fourier transform there and back changes nothing, and keeps the sum of squares', 16, (random, what) => {
      const x = random.tensor([random.integer(1, 3), random.integer(1, 20), 2]);
      const scale = 1 / Math.sqrt(x.shape[1]);
      const there = first('fft', [x], { dims: [1], inverse: false, scale });
      assertSame(first('fft', [there], { dims: [1], inverse: true, scale }), x, what, 4);
      assert.ok(Math.abs(dotProduct(there, there) - dotProduct(x, x)) <= 1e-4 * dotProduct(x, x), what);
    });
    holds('decompositions multiply to what was decomposed', 16, (random, what) => {
      const [m, n] = [random.integer(1, 6), random.integer(1, 6)];
      const recording = new Recording();
      const x = recording.input(random.tensor([2, m, n]));
      const across = (value: ValueId) => recording.one('permute', [value], { dims: axesOf(typeOf(recording.graph, value).shape).map((_, axis, all) => (
        axis < all.length - 2 ? axis : 2 * all.length - 3 - axis)) });
      const times = (...values: ValueId[]) => values.reduce((left, right) => recording.one('matmul', [left, right]));
      const unit = recording.one('eye', [], { n: m, m, dtype: 'float32' });
      const definite = recording.one('add', [times(x, across(x)), unit]);
      const [q, r] = recording.all('qr', [x], { complete: false });
      const [u, s, vt] = recording.all('svd', [x], {});
      const l = recording.one('cholesky', [definite]);
      const [values, vectors] = recording.all('eigh', [definite], {});
      const row = (value: ValueId) => recording.one('reshape', [value], { shape: [2, 1, typeOf(recording.graph, value).shape[1]] });
      const whole = recording.one('expand', [unit], { shape: [2, m, m] });
      const pairs = [
        [times(q, r), x], [times(recording.one('mul', [u, row(s)]), vt), x], [times(l, across(l)), definite],
        [times(recording.one('mul', [vectors, row(values)]), across(vectors)), definite], [times(definite, recording.one('inverse', [definite])), whole],
        [times(definite, recording.one('solve', [definite, x])), x], [times(across(vectors), vectors), whole],
      ];
      for (const [n1, [found, expected]] of pairs.entries()) {
        const [left, right] = run(recording, [found, expected]);
        assertSame(left, right, `identity ${n1} ${what}`, 20);
      }
    });
  });
}
