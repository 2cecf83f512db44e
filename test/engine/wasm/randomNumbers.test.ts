import { strict as assert } from 'node:assert';
import { runGraph, type Engine } from '../../../src/engine/engine.ts';
import { referenceEngine } from '../../../src/engine/reference/referenceEngine.ts';
import type { Op, OpAttributes } from '../../../src/graph/opAttributes.ts';
import { Recording } from '../recording.ts';
import { onOneThreadAndOnThree } from './agreement.ts';

type Attributes<O extends Op> = Omit<OpAttributes[O], 'seed' | 'offset' | 'carry' | 'shape'>;

onOneThreadAndOnThree('random numbers by kernels', (underTest) => {
  function isAsDefined<O extends 'normal' | 'uniform' | 'bernoulli'>(op: O, cases: readonly Attributes<O>[], counts: readonly number[]): void {
    for (const count of counts) {
      it(`${op} is to the bit as it is defined: ${count} of them, one draw after another`, () => {
        for (const attributes of cases) {
          const recording = new Recording();
          // The second begins within a round of the generator, and where the first ended.
          const drawn = [3, 3 + 2 * count].map((offset) => recording.one(op, [], { ...attributes, seed: count, offset, carry: null, shape: [count] } as never));
          const bytes = (engine: Engine, drawShift: number) => {
            const results = runGraph(engine, recording.graph, drawn, { constants: recording.constants, memoryLimitBytes: 2 ** 32, drawShift });
            return drawn.map((value) => results.get(value)!.data).map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength));
          };
          for (const drawShift of [0, 1000]) {
            assert.deepEqual(bytes(underTest(), drawShift), bytes(referenceEngine, drawShift), JSON.stringify(attributes));
          }
        }
      });
    }
  }

  isAsDefined('normal', [[0, 1], [-1.5, 0.02], [1e20, 3e19]].map(([mean, std]) => ({ mean, std, dtype: 'float32' })), [16, 17, 31, 160, 4097, 300_007]);
  isAsDefined('uniform', [[0, 1], [-0.1, 0.1], [1, 1 + 2 ** -22], [-3e38, 3e37]].map(([from, to]) => ({ from, to, dtype: 'float32' })), [1, 2, 3, 4, 17, 623, 625, 300_007]);
  isAsDefined('bernoulli', [0, 1e-9, 0.1, 0.5, 1 - 2 ** -53, 1].flatMap((p) => (['float32', 'bool'] as const).map((dtype) => ({ p, dtype }))), [1, 3, 64, 311, 300_007]);
});
