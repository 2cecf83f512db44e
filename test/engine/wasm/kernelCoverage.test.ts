// Which ops the kernels leave to their reference kernels, over the configurations that PyTorch has computed: as docs/engine.md says.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { referenceKernels } from '../../../src/engine/reference/referenceBackend.ts';
import { typeOf } from '../../../src/graph/graph.ts';
import type { Op } from '../../../src/graph/opAttributes.ts';
import { dtypes, elementCount } from '../../../src/graph/tensorType.ts';
import { Recording } from '../recording.ts';
import { leftToReference } from './agreement.ts';
import { goldenGraphs } from './goldenGraphs.ts';

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

describe('the kernels', () => {
  const withoutKernel = namedIn(/no kernel for (.*?),? nor for/);
  const withoutArithmetic = namedIn(/nor for arithmetic of (.*?):/);

  it('are there for all ops but those that docs/engine.md names', () => {
    const found = new Set<Op>();
    for (const [recording, outputs] of goldenGraphs()) {
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
    for (const [recording, outputs] of goldenGraphs()) {
      for (const { op, inputs, outputs: results } of leftToReference(recording, outputs)) {
        const types = [...inputs, ...results].map((value) => typeOf(recording.graph, value));
        if (types.every(({ dtype, shape }) => elementCount(shape) > 0 && !withoutArithmetic.includes(dtype))) left.add(op);
      }
    }
    assert.deepEqual([...left].filter((op) => !withoutKernel.includes(op)).sort(), Object.keys(partly).sort());
  });
});
