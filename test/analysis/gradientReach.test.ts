import { strict as assert } from 'node:assert';
import { GradientReach, passesOn } from '../../src/analysis/gradientReach.ts';
import { TraceBuilder } from './traceBuilder.ts';

describe('what a gradient reaches', () => {
  const build = new TraceBuilder();
  const [first, second, third] = [build.normal([3, 6]), build.normal([3, 6]), build.normal([3, 6])];
  const both = build.op('add', [first, second], {});
  const stopped = build.op('detach', [third], {});

  it('is counted once, whichever value it comes from', () => {
    const reach = new GradientReach(build.graph, new Set([first, second, third]));
    assert.deepEqual([reach.further(both), reach.further(build.op('mul', [both, third], {})), reach.further(both)], [2, 1, 0]);
  });

  it('ends at what is detached, chosen or compared', () => {
    const reach = new GradientReach(build.graph, new Set([first, second, third]));
    assert.equal(reach.further(build.op('mul', [stopped, stopped], {})), 0);
    assert.equal(reach.further(build.op('gt', [first, second], {})), 0);
    assert.deepEqual([both, stopped, build.op('argmax', [first], { dim: 1, keepdim: false })].map((value) => passesOn(build.graph, value)), [true, false, false]);
  });
});
