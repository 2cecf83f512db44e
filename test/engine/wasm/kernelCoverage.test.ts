// Which ops the kernels leave to their reference kernels, over the configurations that PyTorch has computed: as docs/engine.md says.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { referenceKernels } from '../../../src/engine/reference/referenceBackend.ts';
import { gradient } from '../../../src/graph/gradient.ts';
import { typeOf, type ValueId } from '../../../src/graph/graph.ts';
import type { Op } from '../../../src/graph/opAttributes.ts';
import { dtypes, elementCount } from '../../../src/graph/tensorType.ts';
import { inSingle, opCases, readGolden, type OpCase } from '../goldens.ts';
import { Recording } from '../recording.ts';
import { leftToReference } from './agreement.ts';

const page = readFileSync(new URL('../../../docs/engine.md', import.meta.url), 'utf8').replace(/\s+/g, ' ');

/** Ops with a kernel that does not take all that PyTorch has computed, and what it leaves. */
const partly: Partial<Record<Op, string>> = {
  cat: 'several types', matmul: 'integers', normal: 'halves; fewer than 16 numbers, which PyTorch draws otherwise',
  pow: 'integers', scatter_reduce: 'integers', uniform: 'halves', var: 'as many elements as the correction, of which it is NaN',
};

/** What stands in code marks in the part of the page that `pattern` captures. */
function namedIn(pattern: RegExp): string[] {
  const part = pattern.exec(page)?.[1];
  assert.ok(part !== undefined, `docs/engine.md has nothing like ${pattern}`);
  return [...part.matchAll(/`(\w+)`/g)].map(([, name]) => name);
}

/** Each a graph of an op and, where it has one, of its gradient. */
function* graphs(): Iterable<[Recording, readonly ValueId[]]> {
  for (const { op, attributes, inputs, seed } of opCases()) {
    const recording = new Recording();
    const values = inputs.map((input) => recording.input(inSingle(input)));
    const outputs = recording.all(op, values, attributes);
    const gradients = seed === null ? [] : gradient(recording.graph, outputs[0], values, recording.input(inSingle(seed)));
    yield [recording, [...outputs, ...gradients.filter((value) => value !== null)]];
  }
  const { sequences } = readGolden('randomGoldens.json') as { sequences: { draws: Pick<OpCase, 'op' | 'attributes'>[] }[] };
  for (const { op, attributes } of sequences.flatMap(({ draws }) => draws)) {
    const recording = new Recording();
    yield [recording, recording.all(op, [], { seed: 0, offset: 0, carry: null, ...attributes })];
  }
}

describe('the kernels', () => {
  const withoutKernel = namedIn(/no kernel for (.*?),? nor for/);
  const withoutArithmetic = namedIn(/nor for arithmetic of (.*?):/);

  it('are there for all ops but those that docs/engine.md names', () => {
    const found = new Set<Op>();
    for (const [recording, outputs] of graphs()) {
      const left = leftToReference(recording, outputs);
      for (const node of recording.graph.nodes) if (!left.includes(node)) found.add(node.op);
    }
    const without = Object.keys(referenceKernels).filter((op) => !found.has(op as Op));
    assert.deepEqual([...withoutKernel].sort(), without.sort());
  });

  it('compute with each type but those that docs/engine.md names', () => {
    const without = dtypes.filter((dtype) => {
      const recording = new Recording();
      const [x, y] = [1, 0].map((value) => recording.one('full', [], { shape: [3, 4], value, dtype }));
      return leftToReference(recording, [recording.one('mul', [x, y])]).some(({ op }) => op === 'mul');
    });
    assert.deepEqual([...withoutArithmetic].sort(), without.sort());
  });

  it('take whatever has elements of the other ops and types, but for what is said to be left', () => {
    const left = new Set<Op>();
    for (const [recording, outputs] of graphs()) {
      for (const { op, inputs, outputs: results } of leftToReference(recording, outputs)) {
        const types = [...inputs, ...results].map((value) => typeOf(recording.graph, value));
        if (types.every(({ dtype, shape }) => elementCount(shape) > 0 && !withoutArithmetic.includes(dtype))) left.add(op);
      }
    }
    assert.deepEqual([...left].filter((op) => !withoutKernel.includes(op)).sort(), Object.keys(partly).sort());
  });
});
