// How far sums of products are from those of float64.
import { strict as assert } from 'node:assert';
import { type Rounding, runGraph } from '../../../src/engine/engine.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import { Recording } from '../recording.ts';
import { Draw, onOneThreadAndOnThree } from './agreement.ts';

/** Root mean square of the differences by that of the values. */
function error(found: Tensor, exact: Float64Array): number {
  let [differences, squares] = [0, 0];
  exact.forEach((value, n) => {
    differences += (found.data[n]! - value) ** 2;
    squares += value ** 2;
  });
  return Math.sqrt(differences / squares);
}

/** (rows, k) · (k, columns) in float64. */
function product(a: Tensor, b: Tensor, rows: number, k: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let n = 0; n < k; n += 1) sum += a.data[row * k + n]! * b.data[n * columns + column]!;
    return sum;
  });
}

/** 3 × 3 with padding 1 of one image, as a product: channels × taps down, pixels across. */
function columnsOf(image: Tensor, channels: number, side: number): Tensor {
  const data = new Float32Array(channels * 9 * side * side);
  for (let row = 0; row < channels * 9; row += 1) {
    const [channel, down, across] = [Math.floor(row / 9), Math.floor((row % 9) / 3) - 1, (row % 3) - 1];
    for (let pixel = 0; pixel < side * side; pixel += 1) {
      const [y, x] = [Math.floor(pixel / side) + down, (pixel % side) + across];
      if (y >= 0 && y < side && x >= 0 && x < side) data[row * side * side + pixel] = image.data[(channel * side + y) * side + x]!;
    }
  }
  return { dtype: 'float32', shape: [channels * 9, side * side], data };
}

onOneThreadAndOnThree('sums of products', (engine) => {
  it('are as close to float64 for 4,608 products as for a few hundred', () => {
    const draw = new Draw(1);
    const recording = new Recording();
    const [a, b] = [draw.floats([50, 4608]), draw.floats([4608, 40])];
    const found = recording.run([recording.one('matmul', [recording.input(a), recording.input(b)])], engine())[0]!;
    assert.ok(error(found, product(a, b, 50, 4608, 40)) < 3e-7);
  });

  it('of a convolution are closer where figures are compared than where it is trained', () => {
    const draw = new Draw(2);
    const recording = new Recording();
    const [channels, side] = [64, 24];
    const [image, weight] = [draw.floats([1, channels, side, side]), draw.floats([channels, channels, 3, 3])];
    const y = recording.one('convolution', [recording.input(image), recording.input(weight)], {
      stride: [1, 1], padding: [1, 1], dilation: [1, 1], transposed: false, outputPadding: [0, 0], groups: 1,
    });
    const exact = product(weight, columnsOf(image, channels, side), channels, channels * 9, side * side);
    const errorOf = (rounding: Rounding): number => {
      const options = { constants: recording.constants, memoryLimitBytes: 2 ** 30 };
      return error(runGraph(engine(), recording.graph, [y], options, undefined, rounding).get(y)!, exact);
    };
    assert.ok(errorOf('close') < 3e-7, `${errorOf('close')}`);
    assert.ok(errorOf('fast') < 3e-6 && errorOf('fast') > errorOf('close'), `${errorOf('fast')}`);
  });
});
