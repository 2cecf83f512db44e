// Whether each op of the vocabulary has all that one has to have. That there are rules of inference, derivatives, FLOPs and reference kernels for each the types
// say; here, that PyTorch has been asked about each of them. Goldens are run by both engines (opGoldens.test.ts), and by kernels over inputs that lie otherwise
// (wasm/opLayouts.test.ts); derivatives are checked against differences (gradients.test.ts).
import { strict as assert } from 'node:assert';
import { movingOps } from '../../src/engine/movingOps.ts';
import { referenceKernels } from '../../src/engine/reference/referenceBackend.ts';
import { flopsOf } from '../../src/graph/flops.ts';
import { gradient, isDifferentiable } from '../../src/graph/gradient.ts';
import { nodeOf, typeOf } from '../../src/graph/graph.ts';
import type { Op } from '../../src/graph/opAttributes.ts';
import { isFloat } from '../../src/graph/tensorType.ts';
import { opCases, readGolden } from './goldens.ts';
import { Recording } from './recording.ts';

/** All but `constant`, which is given and not computed, and `with_gradient`, whose derivative is the user's own (test/python/torch/ownBackward.test.ts). */
const ops = (Object.keys(referenceKernels) as Op[]).filter((op): op is Exclude<Op, 'with_gradient'> => op !== 'with_gradient');
const cases = opCases().map((golden) => {
  const recording = new Recording();
  const inputs = golden.inputs.map((input) => recording.input(input));
  const outputs = recording.all(golden.op, inputs, golden.attributes);
  return { golden, recording, inputs, outputs, node: nodeOf(recording.graph, outputs[0]) };
});
const fewestGoldens = 3;

/** Differentiable ops of floats that pass no gradient. */
const stopping: Partial<Record<Op, string>> = { detach: 'is made for it', floor_divide: 'is constant between its jumps; PyTorch has no derivative either' };
/** Ops that count nothing beside those that move elements. */
const free: readonly Op[] = ['cast', 'pad', 'im2col', 'full', 'arange', 'eye'];

describe('the table of ops', () => {
  it(`has for each at least ${fewestGoldens} configurations that PyTorch has computed: of its own, or in the gradients of others`, () => {
    const counts = new Map<string, number>();
    const count = (op: string): void => void counts.set(op, (counts.get(op) ?? 0) + 1);
    const { sequences } = readGolden('randomGoldens.json') as { sequences: { draws: { op: string }[] }[] };
    for (const { draws } of sequences) draws.forEach(({ op }) => count(op));
    const own = new Set(cases.map(({ golden }) => golden.op));
    for (const { golden, recording, inputs, outputs } of cases) {
      count(golden.op);
      if (golden.seed === null) continue;
      const before = recording.graph.nodes.length;
      gradient(recording.graph, outputs[0], inputs, recording.input(golden.seed));
      const added = new Set(recording.graph.nodes.slice(before).map(({ op }) => op));
      for (const op of added) if (!own.has(op)) count(op);
    }
    assert.deepEqual(ops.filter((op) => (counts.get(op) ?? 0) < fewestGoldens).map((op) => `${op}: ${counts.get(op) ?? 0}`), []);
  });

  it('infers the types and shapes that PyTorch\'s results have', () => {
    for (const { golden, recording, outputs } of cases) {
      const found = outputs.map((output) => typeOf(recording.graph, output));
      assert.deepEqual(found, golden.outputs.map(({ dtype, shape }) => ({ dtype, shape })), `${golden.op} ${JSON.stringify(golden.attributes)}`);
    }
  });

  it('has a derivative for each that makes floats of floats, but for those that are said to stop it', () => {
    const ofFloats = new Set(cases.filter(({ golden: { inputs, outputs } }) => [inputs, outputs].every((list) => list.some(({ dtype }) => isFloat(dtype)))).map(({ golden }) => golden.op));
    const without = ops.filter((op) => ofFloats.has(op) && !isDifferentiable(op));
    assert.deepEqual(without.sort(), Object.keys(stopping).sort());
    // And a gradient that PyTorch has is one that is compared.
    for (const { golden: { op, seed } } of cases) assert.ok(seed === null || isDifferentiable(op as Op), op);
  });

  it('counts whole operations for each, none only for what moves or makes elements', () => {
    const most = new Map<Op, number>();
    for (const { recording, node } of cases) {
      const flops = flopsOf(recording.graph, node);
      assert.ok(Number.isInteger(flops) && flops >= 0, `${node.op}: ${flops}`);
      most.set(node.op, Math.max(most.get(node.op) ?? 0, flops));
    }
    const without = [...most].filter(([, flops]) => flops === 0).map(([op]) => op);
    assert.deepEqual(without.sort(), [...movingOps, ...free].filter((op) => op !== 'with_gradient').sort());
  });
});
