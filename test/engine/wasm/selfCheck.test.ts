import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { agree } from '../../../src/engine/wasm/selfCheck.ts';
import { kernelNames, type KernelName } from '../../../src/engine/wasm/kernels.ts';
import { kernelModule } from './engineUnderTest.ts';
import { silenced } from './moduleBytes.ts';

const dist = fileURLToPath(new URL('../../../dist/', import.meta.url));
const bytes = () => readFileSync(`${dist}/kernels.relaxed.wasm`);

describe('the check of a module of kernels against another', () => {
  it('finds a module in agreement with itself, with the one without fused multiply-add, and with the one of wide bodies', () => {
    assert.ok(agree(kernelModule, kernelModule));
    assert.ok(agree(new WebAssembly.Module(readFileSync(`${dist}/kernels.wasm`)), kernelModule));
    assert.ok(agree(new WebAssembly.Module(readFileSync(`${dist}/kernels.wide.wasm`)), kernelModule));
  });

  for (const [what, from, to] of [
    ['f32x4.mul adds: products', 0xe6, 0xe4], ['f32x4.max is the minimum: a reduction', 0xe9, 0xe8],
    ['f32x4.sqrt negates: a step of Adam', 0xe3, 0xe1], ['i32x4.min_s is the maximum: the bins of a histogram', 0xb6, 0xb8],
  ] as const) {
    it(`finds out a module in which ${what}`, () => {
      const changed = bytes();
      let count = 0;
      for (let at = 0; at + 2 < changed.length; at += 1) {
        if (changed[at] !== 0xfd || changed[at + 1] !== from || changed[at + 2] !== 0x01) continue;
        changed[at + 1] = to;
        count += 1;
      }
      assert.ok(count > 0);
      assert.equal(agree(new WebAssembly.Module(changed), kernelModule), false);
    });
  }

  // Silenced, these leave the word that says whether all has to be done again as it was, and it is.
  const doneAgain: readonly KernelName[] = ['winogradByWeight', 'winogradWeight'];
  it('finds out a module of which any one kernel does nothing: of results, gradients, figures, draws or optimizers', () => {
    const missed = kernelNames.filter((name) => agree(new WebAssembly.Module(silenced(bytes(), name)), kernelModule));
    assert.deepEqual(missed.filter((name) => !doneAgain.includes(name)), []);
  });
});
