import { strict as assert } from 'node:assert';
import { runGraph } from '../../../src/engine/engine.ts';
import { referenceEngine } from '../../../src/engine/reference/referenceEngine.ts';
import type { WasmEngine } from '../../../src/engine/wasm/wasmEngine.ts';
import { Recording } from '../recording.ts';
import { engineWithThreads, singleThreaded } from './engineUnderTest.ts';

const memoryLimitBytes = 2 ** 32;

describe('normal numbers by kernels', () => {
  let threaded: WasmEngine;
  before(async () => void (threaded = await engineWithThreads(3)));
  after(() => threaded.dispose());

  for (const count of [16, 17, 31, 160, 4097, 300_007]) {
    it(`are to the bit those of the definition: ${count} of them, on one thread and on three`, () => {
      for (const [mean, std] of [[0, 1], [-1.5, 0.02], [1e20, 3e19]]) {
        const recording = new Recording();
        const drawn = recording.one('normal', [], { seed: count, offset: 3, carry: null, shape: [count], mean, std, dtype: 'float32' });
        const bits = (engine: typeof referenceEngine, drawShift: number) => {
          const { data } = runGraph(engine, recording.graph, [drawn], { constants: recording.constants, memoryLimitBytes, drawShift }).get(drawn)!;
          return new Uint32Array(data.buffer, data.byteOffset, count);
        };
        for (const drawShift of [0, 1000]) {
          const defined = bits(referenceEngine, drawShift);
          assert.deepEqual(bits(singleThreaded, drawShift), defined);
          assert.deepEqual(bits(threaded, drawShift), defined);
        }
      }
    });
  }
});
