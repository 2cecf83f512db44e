// Random shapes and values for properties: seeded, so that a failure can be run again. Sizes of 0 and 1 and values at the borders of
// float32 come often.
import { elementCount, type Shape } from '../../src/graph/tensorType.ts';
import type { Tensor } from '../../src/engine/tensor.ts';

/** What arithmetic stumbles over: NaN, infinities, zeros of both signs, the smallest and largest numbers, halves. */
export const borders = [
  NaN, Infinity, -Infinity, 0, -0, 1e-45, -1e-45, 1.1754942e-38, 1.17549435e-38, 3.4028235e38, -3.4028235e38, 0.5, -0.5, 1, -1, 2.5, -2.5, 88.8, -104,
  1.0000001, 8388609,
];

export class RandomCases {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** mulberry32: 0 ≤ x < 1 */
  number(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** low ≤ n ≤ high */
  integer(low: number, high: number): number {
    return low + Math.floor(this.number() * (high - low + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[this.integer(0, items.length - 1)];
  }

  /** One of five axes has the size 0 or 1 where `least` allows. */
  size(least: number, most: number): number {
    const small = this.number();
    if (least === 0 && small < 0.06) return 0;
    return small < 0.2 && least <= 1 ? 1 : this.integer(Math.max(least, 1), most);
  }

  shape(rank: number, least = 0, most = 5): number[] {
    return Array.from({ length: rank }, () => this.size(least, most));
  }

  /** A shape that broadcasts to `target`: some axes 1, some leading ones left off. */
  broadcastOf(target: Shape): number[] {
    const shape = target.map((size) => (this.number() < 0.3 ? 1 : size));
    return shape.slice(this.number() < 0.3 ? this.integer(0, shape.length) : 0);
  }

  tensor(shape: Shape, low = -2, high = 2): Tensor {
    return { dtype: 'float32', shape, data: Float32Array.from({ length: elementCount(shape) }, () => low + (high - low) * this.number()) };
  }

  /** With borders among ordinary values. */
  harsh(shape: Shape): Tensor {
    const data = Float32Array.from({ length: elementCount(shape) }, () => (this.number() < 0.4 ? this.pick(borders) : this.number() * 8 - 4));
    return { dtype: 'float32', shape, data };
  }

  /** As `harsh`, without finite numbers so large that a sum depends on its order. */
  tame(shape: Shape): Tensor {
    const { data, ...type } = this.harsh(shape);
    return { ...type, data: data.map((value) => (Number.isFinite(value) && Math.abs(value) > 1e4 ? 3 : value)) as Float32Array };
  }

  indices(shape: Shape, below: number): Tensor {
    return { dtype: 'int64', shape, data: Int32Array.from({ length: elementCount(shape) }, () => this.integer(0, below - 1)) };
  }

  permutation(count: number): number[] {
    const order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i -= 1) {
      const j = this.integer(0, i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
}
