// Reads tensors and cases as test/golden/*.py write them, and compares with them.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { elementCount, type DType, type Shape } from '../../src/graph/tensorType.ts';
import { representation, type Tensor } from '../../src/engine/tensor.ts';

interface PackedTensor {
  readonly d: DType;
  readonly s: Shape;
  readonly v: readonly (number | string)[];
}

export interface OpCase {
  readonly op: string;
  readonly attributes: Record<string, unknown>;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly seed: Tensor | null;
  readonly gradients: readonly (Tensor | null)[];
}

interface PackedCase {
  readonly op: string;
  readonly attributes: Record<string, unknown>;
  readonly inputs: readonly PackedTensor[];
  readonly outputs: readonly PackedTensor[];
  readonly seed?: PackedTensor;
  readonly gradients?: readonly (PackedTensor | null)[];
}

export function readGolden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8'));
}

/** Cases of `opGoldens.json`, or of another file of the same form. */
export function opCases(file = 'opGoldens.json'): OpCase[] {
  const { cases } = readGolden(file) as { cases: PackedCase[] };
  return cases.map(({ op, attributes, inputs, outputs, seed, gradients }) => ({
    op, attributes, inputs: inputs.map(unpack), outputs: outputs.map(unpack), seed: seed === undefined ? null : unpack(seed),
    gradients: (gradients ?? []).map((gradient) => (gradient === null ? null : unpack(gradient))),
  }));
}

function unpack({ d, s, v }: PackedTensor): Tensor {
  assert.equal(v.length, elementCount(s));
  return { dtype: d, shape: s, data: representation[d].storage.from(v.map(Number)) };
}

/** Of float64 as of float32: what kernels compute in, where PyTorch was asked in float64. */
export function inSingle(of: Tensor): Tensor {
  return of.dtype === 'float64' ? { ...of, dtype: 'float32', data: Float32Array.from(of.data) } : of;
}

/** Every element within `tolerance · max(1, |expected|)`; NaN and infinities exactly. */
export function assertClose(actual: Tensor, expected: Tensor, tolerance: number, what: string): void {
  assert.equal(actual.dtype, expected.dtype, `${what}: dtype`);
  assert.deepEqual(actual.shape, expected.shape, `${what}: shape`);
  for (let i = 0; i < expected.data.length; i += 1) {
    const [found, wanted] = [actual.data[i], expected.data[i]];
    if (Object.is(found, wanted) || found === wanted) continue;
    const error = Math.abs(found - wanted) / Math.max(1, Math.abs(wanted));
    assert.ok(error <= tolerance, `${what}: element ${i} is ${found}, expected ${wanted}`);
  }
}
