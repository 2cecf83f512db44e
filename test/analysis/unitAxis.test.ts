import { strict as assert } from 'node:assert';
import { UnitAxes } from '../../src/analysis/unitAxis.ts';
import { TraceBuilder } from './traceBuilder.ts';

describe('the axis that counts units', () => {
  const build = new TraceBuilder();
  const x = build.input(build.normal([4, 6, 8]));
  const product = build.op('linear', [x, build.normal([5, 8])], {});
  const moved = build.op('permute', [product], { dims: [0, 2, 1] });
  const active = build.op('relu', [moved], {});
  const back = build.op('permute', [active], { dims: [0, 2, 1] });

  it('is that of the features of the layer before, also where they were moved', () => {
    const axes = new UnitAxes(build.graph, 'first', new Set([x]));
    assert.deepEqual([product, moved, active, back].map((value) => axes.of(value)), [2, 1, 1, 2]);
  });

  it('is the same whichever value is asked for first', () => {
    const axes = new UnitAxes(build.graph, 'first', new Set([x]));
    assert.deepEqual([back, active, back, moved, product].map((value) => axes.of(value)), [2, 1, 2, 1, 2]);
  });

  it('is that of the framework\'s layout where no layer says', () => {
    const image = build.input(build.normal([2, 3, 4, 4]));
    const shown = build.op('relu', [build.op('relu', [image], {})], {});
    assert.deepEqual((['first', 'last'] as const).map((axis) => new UnitAxes(build.graph, axis, new Set([image])).of(shown)), [1, 3]);
    assert.equal(new UnitAxes(build.graph, 'first', new Set([image])).of(build.input(build.normal([7]))), null);
  });
});
