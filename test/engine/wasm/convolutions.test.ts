import type { Engine } from '../../../src/engine/engine.ts';
import { MersenneTwister } from '../../../src/engine/mersenneTwister.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import type { Convolution } from '../../../src/graph/opAttributes.ts';
import { Recording, tensor } from '../recording.ts';
import { assertAgrees, onOneThreadAndOnThree } from './agreement.ts';

/** Of the largest element of the result. */
const tolerance = 5e-6;

const random = MersenneTwister.seeded(7);
const uniform = (): number => random.uint32() / 2 ** 32;
const between = (low: number, high: number): number => low + Math.floor(uniform() * (high - low + 1));
const pick = <T>(values: readonly T[]): T => values[between(0, values.length - 1)];
const filled = (shape: readonly number[]): Tensor => tensor('float32', shape, Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 2 * uniform() - 1));

interface Case {
  readonly images: number;
  /** Of one group. */
  readonly inChannels: number;
  readonly outChannels: number;
  readonly size: readonly number[];
  readonly kernel: readonly number[];
  readonly attributes: Convolution;
}

function plain(
  images: number, inChannels: number, outChannels: number, size: readonly number[], kernel: number,
  stride = 1, padding = 0, dilation = 1, groups = 1, transposed = false,
): Case {
  const each = (value: number) => size.map(() => value);
  return {
    images, inChannels, outChannels, size, kernel: each(kernel),
    attributes: { stride: each(stride), padding: each(padding), dilation: each(dilation), transposed, outputPadding: each(0), groups },
  };
}

function randomCase(): Case {
  const rank = pick([1, 2, 2, 2, 3]);
  const each = (of: () => number) => Array.from({ length: rank }, of);
  const stride = each(() => pick([1, 1, 2, 3]));
  const dilation = each(() => pick([1, 1, 2]));
  const kernel = each(() => between(1, 4));
  const transposed = uniform() < 0.3;
  const padding = kernel.map((k, axis) => between(0, Math.min(3, dilation[axis] * (k - 1))));
  const size = kernel.map((k, axis) => between(transposed ? 1 : dilation[axis] * (k - 1) + 1, rank === 1 ? 60 : rank === 2 ? 19 : 9) + (transposed ? 2 : 0));
  const groups = pick([1, 1, 1, 2, 3, 5]);
  const isDepthwise = groups > 1 && uniform() < 0.5;
  return {
    images: between(1, 4), inChannels: isDepthwise ? 1 : between(1, 13), outChannels: isDepthwise ? between(1, 2) : between(1, 13), size, kernel,
    attributes: { stride, padding, dilation, transposed, outputPadding: stride.map((step) => (transposed ? between(0, step - 1) : 0)), groups },
  };
}

/** Compares the convolution, that with a bias, a sum and a relu behind it, and its two gradients with the reference. */
function assertConvolves(each: Case, engine: Engine, data: (shape: readonly number[]) => Tensor = filled): void {
  const { images, inChannels, outChannels, size, kernel, attributes } = each;
  const recording = new Recording();
  const { groups, transposed } = attributes;
  const x = recording.input(data([images, groups * (transposed ? outChannels : inChannels), ...size]));
  const weightShape = [groups * outChannels, inChannels, ...kernel];
  const weight = recording.input(data(weightShape));
  const bias = recording.input(data([groups * (transposed ? inChannels : outChannels)]));
  const y = recording.one('convolution', [x, weight], attributes);
  const shapeOf = (value: number) => recording.graph.values[value].type.shape;
  const residual = recording.input(data(shapeOf(y)));
  const followed = recording.one('relu', [recording.one('add', [recording.one('convolution', [x, weight, bias], attributes), residual])]);
  const gradient = recording.input(data(shapeOf(y)));
  const outputs = [
    y, followed,
    recording.one('convolution_backward_input', [gradient, weight], { ...attributes, inputShape: shapeOf(x) }),
    recording.one('convolution_backward_weight', [gradient, x], { ...attributes, weightShape }),
  ];
  assertAgrees(recording, outputs, engine, tolerance, `${JSON.stringify(each)}: forward, with bias, by input, by weight`, 'output');
}

const chosen: readonly Case[] = [
  // larger than a block of pixels, of channels, of rows of the left side
  plain(2, 3, 7, [61, 67], 3, 1, 1),
  plain(1, 130, 101, [9, 11], 3, 1, 1),
  plain(1, 700, 5, [5, 5], 1),
  plain(3, 40, 33, [14, 14], 3, 1, 1),
  plain(1, 64, 64, [28, 28], 3, 1, 1),
  plain(2, 66, 50, [7, 7], 3, 1, 1),
  plain(1, 33, 48, [6, 5], 3, 1, 2),
  plain(2, 20, 24, [13, 17], 3),
  plain(2, 3, 16, [37, 41], 7, 2, 3),
  plain(1, 3, 10, [32, 32], 16, 16),
  plain(1, 24, 12, [1030], 5, 1, 2),
  plain(1, 2, 3, [1500], 9, 3, 0),
  plain(2, 4, 6, [9, 10, 11], 3, 1, 1),
  plain(1, 5, 4, [20, 21, 33], 2, 2, 1),
  plain(2, 30, 20, [15, 15], 1, 2),
  plain(2, 12, 18, [10, 10], 3, 1, 4, 4),
  plain(2, 9, 8, [9, 9], 4, 2, 1, 1, 1, true),
  plain(2, 16, 24, [12, 12], 3, 1, 1, 1, 1, true),
  plain(2, 1, 1, [23, 29], 3, 1, 1, 1, 19),
  plain(2, 1, 1, [23, 29], 3, 2, 1, 1, 19),
  plain(2, 1, 3, [31, 15], 5, 1, 2, 1, 6),
  plain(1, 1, 1, [300, 301], 3, 1, 1, 1, 2),
  // by Winograd's filtering: blocks of tiles over several images, tiles that stick out, channels that are no multiple of a vector, few pixels under a
  // large weight, tiles of 2
  plain(11, 17, 23, [13, 10], 3, 1, 1),
  plain(3, 21, 35, [30, 26], 3),
  plain(2, 130, 132, [8, 8], 3, 1, 1),
  plain(9, 64, 64, [5, 5], 3, 1, 2),
  plain(2, 20, 20, [20, 19], 3, 1, 3),
  plain(2, 16, 20, [24, 27], 3, 1, 0, 1, 1, true),
];

onOneThreadAndOnThree('convolutions by WebAssembly kernels', (engine) => {
  it(`equal the reference within ${tolerance} of the largest element: shapes beyond a block`, () => {
    for (const each of chosen) assertConvolves(each, engine());
  });
  it(`equal the reference within ${tolerance} of the largest element: 150 random ones`, () => {
    for (let n = 0; n < 150; n += 1) assertConvolves(randomCase(), engine());
  });

  for (const [name, value] of [['NaN', NaN], ['infinity', Infinity]] as const) {
    for (const each of [plain(1, 2, 3, [9, 9], 3, 1, 1), plain(2, 24, 24, [19, 19], 3, 1, 1), plain(1, 1, 1, [9, 9], 3, 1, 1, 1, 5)]) {
      it(`pass ${name} on, and only to where the kernel meets it: ${each.attributes.groups * each.inChannels} channels at ${each.size.join('×')}`, () => {
        assertConvolves(each, engine(), (shape) => {
          const result = filled(shape);
          if (shape[2] === each.size[0]) result.data[40] = value;
          return result;
        });
      });
    }
  }

  it('take inputs that are not contiguous', () => {
    const recording = new Recording();
    const x = recording.one('permute', [recording.input(filled([2, 9, 8, 5]))], { dims: [0, 3, 1, 2] });
    const weight = recording.one('permute', [recording.input(filled([3, 3, 5, 7]))], { dims: [3, 2, 0, 1] });
    const y = recording.one('convolution', [x, weight], plain(2, 5, 7, [9, 8], 3).attributes);
    assertAgrees(recording, [y], engine(), tolerance, 'permuted image and weight', 'output');
  });
});
