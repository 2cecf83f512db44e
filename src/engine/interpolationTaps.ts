// Interpolation along one axis: each output is a weighted sum of some inputs. The weights are computed once, and the backward pass is the same
// sum the other way.
import type { Interpolation } from '../graph/opAttributes.ts';

/** Output o is the sum over n of weights[o · count + n] times the input at places[o · count + n]. */
export interface Taps {
  readonly count: number;
  readonly places: Int32Array;
  readonly weights: Float64Array;
}

/** Keys' cubic convolution. PyTorch has a = −¾ for plain interpolation, −½ (as Pillow) with antialias. */
function cubic(x: number, a: number): number {
  const d = Math.abs(x);
  if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((d - 5) * d + 8) * d * a - 4 * a : 0;
}

function makeTaps(outputs: number, count: number, fill: (o: number, put: (place: number, weight: number) => void) => void): Taps {
  const places = new Int32Array(outputs * count);
  const weights = new Float64Array(outputs * count);
  for (let o = 0; o < outputs; o += 1) {
    let next = o * count;
    fill(o, (place, weight) => {
      places[next] = place;
      weights[next] = weight;
      next += 1;
    });
  }
  return { count, places, weights };
}

export function tapsAlong(inputs: number, outputs: number, scale: number | null, { mode, alignCorners, antialias }: Interpolation): Taps {
  const last = inputs - 1;
  if (mode === 'nearest' || mode === 'nearest-exact') {
    // PyTorch looks at no scale where sizes are the same or double
    if (mode === 'nearest' && (outputs === inputs || outputs === 2 * inputs)) {
      return makeTaps(outputs, 1, (o, put) => put(outputs === inputs ? o : o >> 1, 1));
    }
    // In float32, as PyTorch does: a place just below a whole number may round up to it.
    const ratio = Math.fround(scale === null ? inputs / outputs : 1 / scale);
    const shift = mode === 'nearest' ? 0 : 0.5;
    return makeTaps(outputs, 1, (o, put) => put(Math.min(Math.floor(Math.fround((o + shift) * ratio)), last), 1));
  }
  const ratio = alignCorners ? (outputs > 1 ? last / (outputs - 1) : 0) : scale === null ? inputs / outputs : 1 / scale;
  if (antialias) return smoothTaps(inputs, outputs, ratio, mode);
  const point = (o: number) => (alignCorners ? ratio * o : ratio * (o + 0.5) - 0.5);
  const inside = (place: number) => Math.min(Math.max(place, 0), last);
  if (mode === 'cubic') {
    return makeTaps(outputs, 4, (o, put) => {
      const first = Math.floor(point(o));
      for (let n = -1; n <= 2; n += 1) put(inside(first + n), cubic(point(o) - first - n, -0.75));
    });
  }
  return makeTaps(outputs, 2, (o, put) => {
    const at = Math.max(point(o), 0);
    const low = Math.min(Math.floor(at), last);
    const rest = Math.min(at - low, 1);
    put(low, 1 - rest);
    put(inside(low + 1), rest);
  });
}

/** A filter as wide as an output is in inputs, as Pillow resizes. */
function smoothTaps(inputs: number, outputs: number, ratio: number, mode: 'linear' | 'cubic'): Taps {
  const stretch = Math.max(ratio, 1);
  const support = (mode === 'linear' ? 1 : 2) * stretch;
  const filter = mode === 'linear' ? (x: number) => Math.max(0, 1 - Math.abs(x)) : (x: number) => cubic(x, -0.5);
  return makeTaps(outputs, Math.ceil(support) * 2 + 1, (o, put) => {
    const centre = ratio * (o + 0.5);
    const start = Math.max(Math.trunc(centre - support + 0.5), 0);
    const end = Math.min(Math.trunc(centre + support + 0.5), inputs);
    let sum = 0;
    for (let place = start; place < end; place += 1) sum += filter((place - centre + 0.5) / stretch);
    for (let place = start; place < end; place += 1) put(place, filter((place - centre + 0.5) / stretch) / sum);
  });
}
