// What properties are stated with: the backend under test, cases by seed, and what counts as the same.
import { strict as assert } from 'node:assert';
import type { ValueId } from '../../src/graph/graph.ts';
import type { Shape } from '../../src/graph/tensorType.ts';
import type { Tensor } from '../../src/engine/tensor.ts';
import { laidOut } from './layouts.ts';
import { RandomCases } from './randomCases.ts';
import { Recording } from './recording.ts';

/** Computes values of a recording; the backend under test. */
export type RunGraph = (recording: Recording, outputs: readonly ValueId[]) => readonly Tensor[];

/** Of sums of a few dozen float32 products, in whatever order. */
const relative = 1e-5;
/** Two steps of the denormal numbers. */
const tiny = 2.9e-45;

/** The same where not finite; else within `relative` of the larger of the number and `scale`. */
export function assertSame(found: Tensor, expected: Tensor, what: string, scale = 0): void {
  assert.deepEqual(found.shape, expected.shape, `${what}: shape`);
  expected.data.forEach((wanted, i) => {
    const value = found.data[i];
    if (Object.is(value, wanted) || value === wanted) return;
    const isNear = Number.isFinite(wanted) && Math.abs(value - wanted) <= relative * Math.max(Math.abs(wanted), scale) + tiny;
    assert.ok(isNear, `${what}: element ${i} is ${value}, expected ${wanted}`);
  });
}

export function dotProduct(a: Tensor, b: Tensor): number {
  return Array.from(a.data).reduce((sum, value, i) => sum + value * b.data[i], 0);
}
export const axesOf = (shape: Shape) => shape.map((_, axis) => axis);

export interface Bench {
  readonly run: RunGraph;
  /** Runs one statement over many cases, each of its own seed, which a failure names. */
  readonly holds: (statement: string, count: number, check: (random: RandomCases, what: string) => void) => void;
  /** The first output of one op, over inputs that lie now this way, now that. */
  readonly first: (op: string, inputs: readonly Tensor[], attributes?: object) => Tensor;
}

export function benchOf(run: RunGraph): Bench {
  let layout = 0;
  return {
    run,
    holds: (statement, count, check) => {
      it(statement, () => {
        for (let seed = 1; seed <= count; seed += 1) check(new RandomCases(seed * 7919), `seed ${seed}`);
      });
    },
    first: (op, inputs, attributes = {}) => {
      const recording = new Recording();
      return run(recording, [recording.one(op, inputs.map((input) => laidOut(recording, input, layout++)), attributes)])[0];
    },
  };
}
