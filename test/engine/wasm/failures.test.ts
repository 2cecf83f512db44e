import { strict as assert } from 'node:assert';
import { runGraph } from '../../../src/engine/engine.ts';
import { KernelFailure } from '../../../src/engine/engineError.ts';
import { referenceEngine } from '../../../src/engine/reference/referenceEngine.ts';
import { optimizerSettings } from '../../../src/training/optimizers.ts';
import type { WasmEngine } from '../../../src/engine/wasm/wasmEngine.ts';
import { Recording, tensor } from '../recording.ts';
import { engineWithThreads } from './engineUnderTest.ts';

const count = 1_000_000;

/** An optimizer's step whose gradient ends long before the parameter does, at the end of the memory: its last share, and so the last thread, traps. */
function failingStep(engine: WasmEngine): () => void {
  const parameter = engine.allocate('float32', [[count]]);
  const gradient = engine.allocate('float32', [[count / 2]]);
  const floats = ({ whole }: typeof parameter) => whole.data as Float32Array;
  parameter.whole.data.fill(1);
  gradient.whole.data.fill(1);
  return () => engine.update({
    rule: 'sgd', settings: optimizerSettings('sgd', { learningRate: 0.5 }), step: 1, parameter: floats(parameter), gradient: floats(gradient), state: [],
  });
}

describe('an engine whose kernel fails', () => {
  for (const threads of [1, 3]) {
    it(`says so, on whichever of ${threads} threads it was, and goes on with a new memory`, async () => {
      const engine = await engineWithThreads(threads);
      const recording = new Recording();
      const x = recording.input(tensor('float32', [256, 256], Float32Array.from({ length: 65536 }, (_, at) => (at % 17) - 8)));
      const y = recording.one('relu', [recording.one('matmul', [x, x])]);
      const options = { constants: recording.constants, memoryLimitBytes: 2 ** 32 };
      const expected = runGraph(referenceEngine, recording.graph, [y], options).get(y)!.data;
      const program = engine.prepare(recording.graph, { outputs: [y] });
      assert.deepEqual(program.run(options).get(y)!.data, expected);
      const kept = engine.allocate('float32', [[3]]);
      kept.whole.data.set([1, 2, 3]);

      assert.throws(failingStep(engine), (error) => error instanceof KernelFailure && /defect of Activation Lens/.test(error.message));

      // What was prepared before and what is prepared now, and tensors of the memory that is gone, given and written to.
      for (let n = 0; n < 3; n += 1) assert.deepEqual(program.run(options).get(y)!.data, expected);
      const doubled = new Recording();
      const value = doubled.input(tensor('float32', [3], [0, 0, 0]));
      const sum = doubled.one('add', [value, value]);
      const found = engine.prepare(doubled.graph, { outputs: [sum], given: new Set([value]) });
      found.run({ constants: doubled.constants, memoryLimitBytes: 2 ** 32, given: new Map([[value, { dtype: 'float32', shape: [3], data: kept.whole.data }]]), into: new Map([[sum, { dtype: 'float32', shape: [3], data: new Float32Array(3) }]]) })
        .forEach(({ data }) => assert.deepEqual([...data as Float32Array], [2, 4, 6]));
      program.release();
      found.release();
      const { usedBytes } = engine.memory;
      engine.free(kept);
      assert.equal(engine.memory.usedBytes, usedBytes);
      engine.dispose();
    });
  }
});
