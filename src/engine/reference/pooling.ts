// Pooling over 1 to 3 trailing axes, and its backward passes. The output's size is the graph's business (`ceilMode`).
import type { Shape } from '../../graph/tensorType.ts';
import { adaptiveSpans, averageSpans, maximumSpans, spatial, triple, type Span, type Triple } from '../windows.ts';
import type { Kernels } from './kernel.ts';

type PoolingOp =
  | 'max_pool_with_indices' | 'max_pool_backward' | 'avg_pool' | 'avg_pool_backward' | 'adaptive_avg_pool'
  | 'adaptive_avg_pool_backward' | 'adaptive_max_pool_with_indices';

/** Calls `visit(plane's start in the input, output position, spans, divisor)` for each output element. */
function eachWindow(
  planes: number, count: number, [zs, ys, xs]: readonly Span[][],
  visit: (planeStart: number, o: number, z: Span, y: Span, x: Span, divisor: number) => void,
): void {
  let o = 0;
  for (let plane = 0; plane < planes; plane += 1) {
    for (const z of zs) {
      for (const y of ys) {
        const rows = z.divisor * y.divisor;
        for (const x of xs) {
          visit(plane * count, o, z, y, x, rows * x.divisor);
          o += 1;
        }
      }
    }
  }
}

function averageInto(
  x: ArrayLike<number>, y: { [index: number]: number }, planes: number, size: Triple, spans: readonly Span[][], override: number | null,
): void {
  const [, height, width] = size;
  eachWindow(planes, size[0] * height * width, spans, (start, o, spanZ, spanY, spanX, divisor) => {
    let sum = 0;
    for (let z = spanZ.start; z < spanZ.end; z += 1) {
      for (let row = spanY.start; row < spanY.end; row += 1) {
        const base = start + (z * height + row) * width;
        for (let i = base + spanX.start; i < base + spanX.end; i += 1) sum += x[i];
      }
    }
    y[o] = sum / (override ?? divisor);
  });
}

function spreadInto(
  dy: ArrayLike<number>, dx: { [index: number]: number }, planes: number, size: Triple, spans: readonly Span[][], override: number | null,
): void {
  const [, height, width] = size;
  eachWindow(planes, size[0] * height * width, spans, (start, o, spanZ, spanY, spanX, divisor) => {
    const share = dy[o] / (override ?? divisor);
    for (let z = spanZ.start; z < spanZ.end; z += 1) {
      for (let row = spanY.start; row < spanY.end; row += 1) {
        const base = start + (z * height + row) * width;
        for (let i = base + spanX.start; i < base + spanX.end; i += 1) dx[i] += share;
      }
    }
  });
}

function trailing(shape: Shape, rank: number): Triple {
  return triple(shape.slice(shape.length - rank), 1);
}

export const poolingKernels: Kernels<PoolingOp> = {
  max_pool_with_indices: ([x], attributes, [y, indices]) => {
    const rank = attributes.kernelSize.length;
    const { planes, size, count } = spatial(x.shape, rank);
    const [spansZ, spansY, spansX] = maximumSpans(size, trailing(y.shape, rank), attributes);
    const dilation = triple(attributes.dilation, 1);
    const data = x.data;
    let o = 0;
    for (let plane = 0; plane < planes; plane += 1) {
      for (const { start: firstZ, end: endZ } of spansZ) {
        for (const { start: firstY, end: endY } of spansY) {
          for (const { start: firstX, end: endX } of spansX) {
            let best = (firstZ * size[1] + firstY) * size[2] + firstX;
            let largest = -Infinity;
            for (let z = firstZ; z < endZ; z += dilation[0]) {
              for (let row = firstY; row < endY; row += dilation[1]) {
                const base = (z * size[1] + row) * size[2];
                for (let column = firstX; column < endX; column += dilation[2]) {
                  const value = data[plane * count + base + column];
                  if (value > largest || value !== value) {
                    largest = value;
                    best = base + column;
                  }
                }
              }
            }
            y.data[o] = largest;
            indices.data[o] = best;
            o += 1;
          }
        }
      }
    }
  },
  max_pool_backward: ([dy, indices], { inputShape, spatialRank }, [dx]) => {
    const { planes, count } = spatial(inputShape, spatialRank);
    const outCount = dy.data.length / Math.max(1, planes);
    dx.data.fill(0);
    for (let o = 0; o < dy.data.length; o += 1) dx.data[Math.floor(o / outCount) * count + indices.data[o]] += dy.data[o];
  },
  avg_pool: ([x], attributes, [y]) => {
    const rank = attributes.kernelSize.length;
    const { planes, size } = spatial(x.shape, rank);
    averageInto(x.data, y.data, planes, size, averageSpans(size, trailing(y.shape, rank), attributes), attributes.divisorOverride);
  },
  avg_pool_backward: ([dy], attributes, [dx]) => {
    const rank = attributes.kernelSize.length;
    const { planes, size } = spatial(attributes.inputShape, rank);
    dx.data.fill(0);
    spreadInto(dy.data, dx.data, planes, size, averageSpans(size, trailing(dy.shape, rank), attributes), attributes.divisorOverride);
  },
  adaptive_avg_pool: ([x], { outputSize }, [y]) => {
    const { planes, size } = spatial(x.shape, outputSize.length);
    averageInto(x.data, y.data, planes, size, adaptiveSpans(size, triple(outputSize, 1)), null);
  },
  adaptive_max_pool_with_indices: ([x], { outputSize }, [y, indices]) => {
    const { planes, size, count } = spatial(x.shape, outputSize.length);
    const [, height, width] = size;
    eachWindow(planes, count, adaptiveSpans(size, triple(outputSize, 1)), (planeStart, o, spanZ, spanY, spanX) => {
      let best = (spanZ.start * height + spanY.start) * width + spanX.start;
      let largest = -Infinity;
      for (let z = spanZ.start; z < spanZ.end; z += 1) {
        for (let row = spanY.start; row < spanY.end; row += 1) {
          for (let i = (z * height + row) * width + spanX.start, end = i + spanX.end - spanX.start; i < end; i += 1) {
            const value = x.data[planeStart + i];
            if (value > largest || Number.isNaN(value)) {
              largest = value;
              best = i;
            }
          }
        }
      }
      y.data[o] = largest;
      indices.data[o] = best;
    });
  },
  adaptive_avg_pool_backward: ([dy], { inputShape, spatialRank }, [dx]) => {
    const { planes, size } = spatial(inputShape, spatialRank);
    dx.data.fill(0);
    spreadInto(dy.data, dx.data, planes, size, adaptiveSpans(size, trailing(dy.shape, spatialRank)), null);
  },
};
