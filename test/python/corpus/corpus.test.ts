// Models of the corpus against PyTorch. The project's own files always; those of public repositories where CORPUS_SOURCES names a folder that has them
// (fetch_sources.py), and `survey.ts` counts them all.
import { strict as assert } from 'node:assert';
import { constructions, factOf, nameOf, rootOf } from './constructions.ts';
import { inspected } from './inspection.ts';

/**
 * In a deep network of ReLUs one that rounds to the other side of zero moves gradients by a hundredth, in PyTorch too: which one does differs from machine to
 * machine. `survey.ts` counts what is within 1e-3.
 */
const gradientTolerance = 3e-2;

describe('models of real files', () => {
  it('have a fact each', () => {
    assert.deepEqual(constructions().filter((construction) => factOf(construction) === undefined).map(nameOf), []);
  });

  for (const construction of constructions()) {
    const [fact, root] = [factOf(construction), rootOf(construction, process.env['CORPUS_SOURCES'])];
    if (fact === undefined || root === undefined) continue;
    it(`${construction.repository} ${nameOf(construction)} has PyTorch's layers, figures within 1e-4 and gradients within 3e-2`, async () => {
      const { structure, forward, backward } = await inspected(construction, root, fact, gradientTolerance);
      assert.deepEqual({ structure, forward, backward }, { structure: [], forward: [], backward: [] });
    }).timeout(300_000);
  }
});
