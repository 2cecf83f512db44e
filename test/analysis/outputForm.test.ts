import { strict as assert } from 'node:assert';
import { isLogProbability } from '../../src/analysis/outputForm.ts';
import type { ValueId } from '../../src/graph/graph.ts';
import { TraceBuilder } from './traceBuilder.ts';

/** Whether what is made of a log-probability and of another value is one. */
function holds(made: (build: TraceBuilder, logProbability: ValueId, other: ValueId) => ValueId): boolean {
  const build = new TraceBuilder();
  const [logProbability, other] = [build.normal([8, 3]), build.normal([8, 3])];
  const output = made(build, logProbability, other);
  return isLogProbability(build.graph, { ...build.trace([output]), logProbabilities: [logProbability] }, output);
}

describe('a log-probability of what is drawn', () => {
  it('stays one where it is summed up, moved, or corrected, on whichever side it stands', () => {
    assert.ok(holds((build, value) => build.op('sum', [value], { dim: [1], keepdim: false })));
    assert.ok(holds((build, value, other) => build.op('add', [value, other], {})));
    assert.ok(holds((build, value, other) => build.op('add', [other, build.op('reshape', [value], { shape: [8, 3] })], {})));
    assert.ok(holds((build, value, other) => build.op('cat', [other, value], { dim: 0 })));
    assert.ok(holds((build, value, other) => build.op('sub', [value, other], {})));
  });

  it('is none where it is what is taken away, or something else is made of it', () => {
    assert.ok(!holds((build, value, other) => build.op('sub', [other, value], {})));
    assert.ok(!holds((build, value) => build.op('exp', [value], {})));
    assert.ok(!holds((build, value, other) => build.op('add', [other, build.op('mul', [value, other], {})], {})));
  });
});
