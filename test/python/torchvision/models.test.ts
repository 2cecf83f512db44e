// torchvision's models in the shim, held to facts that torchvision itself gave: test/golden/torchvision_cases.py is run by both.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { runPython } from '../harness.ts';

const golden = (name: string): string => readFileSync(new URL(`../../golden/${name}`, import.meta.url), 'utf8');

type Fact = string | number | readonly Fact[] | { readonly [name: string]: Fact };

/**
 * Relative tolerances of what is computed. Of gradients more: through fifty layers of ReLU and batch statistics, PyTorch's own move by 2e-3
 * when the images change by 1e-7 of themselves (Inception v3).
 */
const tolerances: Readonly<Record<string, number>> = { evaluated: 1e-3, trained: 1e-3, gradients: 1e-2 };

/** Where two facts differ: numbers under the names of `tolerances` by more than that and 1e-6, all else at all. */
function differences(ours: Fact | undefined, theirs: Fact, path = '', tolerance = 0): string[] {
  if (typeof theirs === 'object' && typeof ours === 'object') {
    const names = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
    return [...names].flatMap((name) => differences((ours as never)[name], (theirs as never)[name], `${path}.${name}`, tolerances[name] ?? tolerance));
  }
  const isNear = tolerance > 0 && typeof theirs === 'number' && typeof ours === 'number'
    ? Math.abs(ours - theirs) <= tolerance * Math.max(Math.abs(ours), Math.abs(theirs)) + 1e-6
    : ours === theirs;
  return isNear ? [] : [`${path}: ${String(ours)} instead of ${String(theirs)}`];
}

describe('the torchvision shim', () => {
  const script = golden('torchvision_cases.py');
  const functions = script.slice(0, script.indexOf('if __name__'));
  const wanted = JSON.parse(golden('torchvision.json')) as Record<string, Fact>;

  for (const [name, fact] of Object.entries(wanted)) {
    it(`makes and computes what torchvision does, outputs within 1e-3 and gradients within 1e-2: ${name}`, async () => {
      const { stdout, errors } = await runPython(`${functions}print(facts(${JSON.stringify(name)}))\n`);
      assert.equal(errors, '');
      assert.deepEqual(differences(JSON.parse(stdout) as Fact, fact), []);
    });
  }
});
