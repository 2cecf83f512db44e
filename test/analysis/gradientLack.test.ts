import { strict as assert } from 'node:assert';
import { gradientLack } from '../../src/analysis/gradientLack.ts';
import { planReport } from '../../src/analysis/reportPlan.ts';
import type { ValueId } from '../../src/graph/graph.ts';
import { TraceBuilder } from './traceBuilder.ts';

/** What is said of a model that gives something of its scores: a sentence and its line. */
function said(last: (build: TraceBuilder, scores: ValueId) => ValueId): string {
  const build = new TraceBuilder();
  const scores = build.linear('fc', build.input(build.normal([8, 6])), build.normal([3, 6]));
  const lack = gradientLack(build.graph, build.trace([last(build, scores)]));
  return lack === null ? '' : `${lack.message}, line ${lack.site}`;
}

describe('why no gradient is shown', () => {
  it('is said in one sentence, at the place where it ends', () => {
    const along = { dim: 1, keepdim: false };
    assert.equal(said((build, scores) => build.op('argmax', [scores], along, 7)), 'no gradient is shown: its output is what `argmax` picks here, and no gradient passes through a choice, line 7');
    assert.equal(said((build, scores) => build.op('detach', [scores], {}, 7)), 'no gradient is shown: its output is detached here, line 7');
    assert.equal(said((build, scores) => build.op('detach', [build.op('relu', [scores], {}, 8)], {}, 8)), 'no gradient is shown: its output is computed here without gradients (under `no_grad`), line 8');
    assert.match(said((build, scores) => build.op('gt', [scores, scores], {}, 9)), /its output is a comparison here \(`gt`\), through which no gradient passes, line 9$/);
    assert.match(said((build, scores) => build.op('cast', [scores], { dtype: 'int64' }, 9)), /whole numbers here \(int64\), which have no gradient, line 9$/);
    assert.match(said((build) => build.normal([8, 3])), /what `Net` gives does not depend on a parameter that is trained, line null$/);
  });

  it('is a remark of the report, which then shows no loss that was assumed', () => {
    const build = new TraceBuilder();
    const scores = build.linear('fc', build.input(build.normal([8, 6])), build.normal([3, 6]));
    const plan = (output: ValueId) => planReport(build.graph, build.trace([output]), build.options);
    const { diagnostics, loss, gradients } = plan(build.op('detach', [scores], {}, 7));
    assert.deepEqual(diagnostics.map(({ severity, range }) => `${severity} ${range!.line}`), ['information 7']);
    assert.deepEqual([loss, gradients.size], [null, 0]);
    assert.deepEqual(plan(scores).diagnostics, []);
  });
});
