import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { agree } from '../../../src/engine/wasm/selfCheck.ts';
import { kernelModule } from './engineUnderTest.ts';

const dist = fileURLToPath(new URL('../../../dist/', import.meta.url));
const bytes = () => readFileSync(`${dist}/kernels.relaxed.wasm`);

describe('the check of a module of kernels against another', () => {
  it('finds a module in agreement with itself, with the one without fused multiply-add, and with the one of wide bodies', () => {
    assert.ok(agree(kernelModule, kernelModule));
    assert.ok(agree(new WebAssembly.Module(readFileSync(`${dist}/kernels.wasm`)), kernelModule));
    assert.ok(agree(new WebAssembly.Module(readFileSync(`${dist}/kernels.wide.wasm`)), kernelModule));
  });

  it('finds out a module in which one kind of instruction computes something else', () => {
    // f32x4.mul → f32x4.add, f32x4.max → f32x4.min
    for (const [from, to] of [[0xe6, 0xe4], [0xe9, 0xe8]]) {
      const changed = bytes();
      let count = 0;
      for (let at = 0; at + 2 < changed.length; at += 1) {
        if (changed[at] !== 0xfd || changed[at + 1] !== from || changed[at + 2] !== 0x01) continue;
        changed[at + 1] = to;
        count += 1;
      }
      assert.ok(count > 0);
      assert.equal(agree(new WebAssembly.Module(changed), kernelModule), false);
    }
  });
});
