import { strict as assert } from 'node:assert';
import { gradient, isDifferentiable } from '../../src/graph/gradient.ts';
import type { Op } from '../../src/graph/opAttributes.ts';
import { passingOutputs } from '../../src/graph/vjp/vjpRule.ts';
import { typeOf, type ValueId } from '../../src/graph/graph.ts';
import { elementCount, isFloat, type Shape } from '../../src/graph/tensorType.ts';
import { MersenneTwister } from '../../src/engine/mersenneTwister.ts';
import { referenceKernels } from '../../src/engine/reference/referenceBackend.ts';
import { referenceEngine } from '../../src/engine/reference/referenceEngine.ts';
import type { Tensor } from '../../src/engine/tensor.ts';
import { opCases, type OpCase } from './goldens.ts';
import { Recording, tensor } from './recording.ts';

const tolerance = 1e-7;
/** Step of the differences: their own error is h⁴ times a fifth derivative, and 1e-16 / h times the value. */
const step = 2e-4;
let twister = MersenneTwister.seeded(11);
const random = (from: number, to: number): number => from + (to - from) * (twister.uint32() / 2 ** 32);

function randomTensor(shape: Shape, from = -1, to = 1): Tensor {
  return tensor('float64', shape, Float64Array.from({ length: elementCount(shape) }, () => random(from, to)));
}

const jumpsAtWholeQuotients = new Set(['remainder', 'fmod', 'floor_divide']);

/**
 * The case's inputs in float64, on a grid that no function bends at (whole hundredths and 0.0037), no two elements alike: maxima and
 * orders do not change as far as the differences reach.
 */
function smoothInputs({ op, inputs }: OpCase): Tensor[] {
  if (jumpsAtWholeQuotients.has(op)) {
    // Quotients between 0.19 and 0.84, of either sign.
    const [x, y] = inputs;
    const dividends = randomTensor(x.shape, 0.5, 2);
    return [{ ...dividends, data: dividends.data.map((value) => value * Math.sign(random(-1, 1))) }, randomTensor(y.shape, 2.4, 2.6)];
  }
  const count = inputs.reduce((sum, { data }) => sum + data.length, 0);
  const taken = new Set<number>();
  const place = (x: number): number => {
    let hundredths = Math.round(x * 100);
    // Among so many none is a maximum of anything.
    while (count < 300 && taken.has(hundredths)) hundredths += 1;
    taken.add(hundredths);
    return hundredths / 100 + 0.0037;
  };
  return inputs.map((input) => (isFloat(input.dtype) ? tensor('float64', input.shape, Float64Array.from(input.data, place)) : input));
}

/** Σ over `values` of value · random weights: a number that depends on every element. */
function weightedSum(recording: Recording, values: readonly ValueId[]): ValueId {
  const terms = values.map((value) => {
    const { shape } = typeOf(recording.graph, value);
    const product = recording.one('mul', [value, recording.input(randomTensor(shape))]);
    return recording.one('sum', [product], { dim: shape.map((_, axis) => axis), keepdim: false });
  });
  return terms.reduce((sum, term) => recording.one('add', [sum, term]));
}

/** Ops through which a gradient was checked. */
const checked = new Set<Op>();

/** Compares the gradient of `total` with differences along random directions in each differentiable input. */
function checkGradients(recording: Recording, total: ValueId, values: readonly ValueId[], inputs: readonly Tensor[], what: string): void {
  const wrt = values.filter((_, n) => isFloat(inputs[n].dtype));
  const points = inputs.filter(({ dtype }) => isFloat(dtype));
  const moving = new Set(wrt);
  for (const { op, inputs: given, outputs } of recording.graph.nodes) {
    if (!isDifferentiable(op) || !given.some((value) => moving.has(value))) continue;
    checked.add(op);
    for (const output of outputs) moving.add(output);
  }
  const gradients = gradient(recording.graph, total, wrt);
  const plan = referenceEngine.prepare(recording.graph, { outputs: [total], given: new Set(wrt) });
  const valueAt = (moved: number, direction: Tensor, distance: number): number => {
    const given = new Map(wrt.map((value, n) => [value, n !== moved ? points[n]
      : tensor('float64', points[n].shape, points[n].data.map((x, i) => x + distance * direction.data[i]))]));
    return plan.run({ constants: recording.constants, given, memoryLimitBytes: 2 ** 30 }).get(total)!.data[0];
  };
  const analytic = recording.run(gradients.filter((value) => value !== null));
  let next = 0;
  for (const [n, value] of gradients.entries()) {
    const found = value === null ? null : analytic[next++];
    for (let round = 0; round < 2; round += 1) {
      const direction = randomTensor(points[n].shape);
      const slope = (8 * (valueAt(n, direction, step) - valueAt(n, direction, -step))
        - (valueAt(n, direction, 2 * step) - valueAt(n, direction, -2 * step))) / (12 * step);
      const expected = found === null ? 0 : Array.from(found.data).reduce((sum, x, i) => sum + x * direction.data[i], 0);
      const error = Math.abs(slope - expected) / Math.max(1, Math.abs(slope));
      assert.ok(error <= tolerance, `${what}, input ${n}: ${expected} by the rule, ${slope} by differences`);
    }
  }
}

/** Whether the case is of a function that has a derivative, at a point where it has one. */
function isSmooth({ op, attributes, inputs, outputs, seed }: OpCase): boolean {
  const [x] = inputs.map(({ data }) => Array.from(data));
  switch (op) {
    // What `detach` gives back is not the derivative of what it computes, nor is what a `cast` that rounds does; nor is that of `ctc_loss`, which is that of
    // a log_softmax before it.
    case 'detach': case 'ctc_loss': return false;
    case 'cast': if (attributes.dtype !== 'float64') return false; break;
    case 'pow': if (x.some((base) => base < 0)) return false; break;
    // Two of the places it writes to are the same one.
    case 'index_put': if (attributes.accumulate === false && String(attributes.dims) === '1,2') return false; break;
    case 'qr': if (attributes.complete === true && inputs[0].shape[0] > inputs[0].shape[1]) return false; break;
    // Of one triangle, forward only.
    case 'cholesky': case 'eigh': if (seed === null) return false; break;
    default: break;
  }
  const isTame = inputs.every(({ data }) => data.every((value) => Number.isFinite(value) && Math.abs(value) < 900));
  return isTame && inputs.some(({ dtype }) => isFloat(dtype)) && outputs.every(({ data }) => data.every(Number.isFinite));
}

/** Normalizations are differentiated twice with respect to their input only, as PyTorch users do for gradient penalties. */
const onlyFirstGradient = new Set(['native_batch_norm', 'native_layer_norm']);

/** Ops that read one triangle of a symmetric matrix: their gradient, as PyTorch's, is one with respect to matrices that stay symmetric. */
const ofSymmetric = new Set(['cholesky', 'eigh']);

function symmetricPart(recording: Recording, x: ValueId): ValueId {
  const axes = typeOf(recording.graph, x).shape.map((_, axis) => axis);
  const mirrored = recording.one('permute', [x], { dims: [...axes.slice(0, -2), ...axes.slice(-2).reverse()] });
  return recording.one('mul', [recording.one('add', [x, mirrored]), recording.input(tensor('float64', [], [0.5]))]);
}

/** Of pairs: (x + xᴴ) / 2 */
function hermitianPart(recording: Recording, x: ValueId): ValueId {
  const axes = typeOf(recording.graph, x).shape.map((_, axis) => axis);
  const mirrored = recording.one('permute', [x], { dims: [...axes.slice(0, -3), axes.at(-2)!, axes.at(-3)!, axes.at(-1)!] });
  const conjugate = recording.one('mul', [mirrored, recording.input(tensor('float64', [2], [1, -1]))]);
  return recording.one('mul', [recording.one('add', [x, conjugate]), recording.input(tensor('float64', [], [0.5]))]);
}

/** Eigenvalues, and of the eigenvectors what does not depend on the numbers of size 1 that they may be multiplied by, as no derivative does. */
function recordEigen(recording: Recording, x: ValueId, attributes: OpCase['attributes']): readonly ValueId[] {
  const [values, vectors] = recording.all('eig', [attributes.hermitian === true ? hermitianPart(recording, x) : x], attributes);
  const last = typeOf(recording.graph, vectors).shape.length - 1;
  return [values, recording.one('sum', [recording.one('square', [vectors])], { dim: [last], keepdim: false })];
}

describe(`derivatives against differences in float64, within ${tolerance}`, () => {
  const cases = opCases().filter(isSmooth);
  beforeEach(() => { twister = MersenneTwister.seeded(11); });
  /** The outputs that pass a gradient. */
  const record = (recording: Recording, { op, attributes }: OpCase, values: readonly ValueId[]): readonly ValueId[] =>
    op === 'eig' ? recordEigen(recording, values[0], attributes) : passingOutputs(op as Op, recording.all(op, ofSymmetric.has(op) ? values.map((x) => symmetricPart(recording, x)) : values, attributes));

  for (const op of new Set(cases.map((each) => each.op))) {
    const ofOp = cases.filter((each) => each.op === op);
    it(`${op}: first order, ${ofOp.length} cases`, () => {
      for (const [n, each] of ofOp.entries()) {
        const recording = new Recording();
        const inputs = smoothInputs(each);
        const values = inputs.map((input) => recording.input(input));
        const outputs = record(recording, each, values);
        if (!isFloat(typeOf(recording.graph, outputs[0]).dtype)) continue;
        checkGradients(recording, weightedSum(recording, outputs), values, inputs, `${op} case ${n} ${JSON.stringify(each.attributes)}`);
      }
    });

    it(`${op}: second order`, () => {
      for (const [n, each] of ofOp.entries()) {
        const recording = new Recording();
        const inputs = smoothInputs(each);
        const values = inputs.map((input) => recording.input(input));
        const outputs = record(recording, each, values);
        // One function of all outputs, whose own derivative is that of a seed
        const output = outputs.length === 1 ? outputs[0] : weightedSum(recording, outputs);
        const { dtype, shape } = typeOf(recording.graph, output);
        if (!isFloat(dtype)) continue;
        // The gradient is a function of the inputs and of the seed: both are differentiated again.
        const seed = randomTensor(shape);
        const seedValue = recording.input(seed);
        const wrt = values.filter((_, i) => isFloat(inputs[i].dtype)).slice(0, onlyFirstGradient.has(op) ? 1 : undefined);
        const first = gradient(recording.graph, output, wrt, seedValue).filter((value) => value !== null);
        if (first.length === 0) continue;
        const total = weightedSum(recording, first);
        checkGradients(recording, total, [...values, seedValue], [...inputs, seed], `${op} case ${n} ${JSON.stringify(each.attributes)}`);
      }
    });
  }

  it('ctc_loss of a log_softmax: first order; a second derivative is refused in PyTorch\'s words', () => {
    const ofOp = opCases().filter(({ op, outputs }) => op === 'ctc_loss' && outputs[0].data.every((loss) => loss !== 0));
    assert.ok(ofOp.length > 0);
    for (const [n, each] of ofOp.entries()) {
      const recording = new Recording();
      const inputs = smoothInputs(each);
      const values = inputs.map((input) => recording.input(input));
      const [loss] = recording.all('ctc_loss', [recording.one('log_softmax', [values[0]], { dim: 2 }), ...values.slice(1)], each.attributes);
      checkGradients(recording, weightedSum(recording, [loss]), values, inputs, `ctc_loss case ${n}`);
      const [first] = gradient(recording.graph, loss, [values[0]]);
      assert.throws(() => gradient(recording.graph, weightedSum(recording, [first!]), [values[0]]), /_ctc_loss_backward is not implemented/);
    }
  });

  it('covers every op that is differentiable, but for what PyTorch does not differentiate either', () => {
    const unchecked = (Object.keys(referenceKernels) as Op[]).filter((op) => isDifferentiable(op) && !checked.has(op));
    // The derivative of `with_gradient` is whatever the user's own function says.
    assert.deepEqual(unchecked, ['with_gradient', 'ctc_loss_backward']);
  });
});
