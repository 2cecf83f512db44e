import { strict as assert } from 'node:assert';
import { problemsOf } from '../../src/host/problemList.ts';
import type { Diagnostic } from '../../src/protocol/report.ts';
import { modelFile, model, range, result } from './reports.ts';

const diagnostic = (over: Partial<Diagnostic>): Diagnostic => ({ kind: 'python', severity: 'error', message: 'no', range: range(3, 4, 9), hint: null, ...over });
const problems = (...diagnostics: Diagnostic[]) => problemsOf(result([model('Net', [])], { diagnostics }), 'deep');

describe('the problems of a run', () => {
  it('keep the framework\'s wording and put the hint below', () => {
    const [problem] = problems(diagnostic({ kind: 'shape', message: 'mat1 and mat2 shapes cannot be multiplied (32x784 and 780x256)', hint: 'the layer before gives 784 features: nn.Linear(784, 256)' }));
    assert.equal(problem?.message, 'mat1 and mat2 shapes cannot be multiplied (32x784 and 780x256)\nthe layer before gives 784 features: nn.Linear(784, 256)');
    assert.equal(problem?.severity, 'error');
    assert.deepEqual(problem?.range, range(3, 4, 9));
  });
  it('are information where we cannot do something', () => assert.deepEqual(problems(diagnostic({ kind: 'unsupported' })).map((problem) => problem.severity), ['information']));
  it('are a mere hint where something was left out on purpose', () => assert.deepEqual(problems(diagnostic({ kind: 'skipped' })).map((problem) => problem.severity), ['hint']));
  it('leave syntax errors to the Python extension', () => assert.deepEqual(problems(diagnostic({ kind: 'syntax' })), []));
  it('are said once, though several models met them', () => assert.equal(problems(diagnostic({}), diagnostic({}), diagnostic({ range: range(4, 4, 9) })).length, 2));
  it('are marked in the file where they happened', () => {
    assert.equal(problems(diagnostic({ range: { ...range(1, 0, 3), file: '/blocks.py' } }))[0]?.file, '/blocks.py');
    assert.equal(problems(diagnostic({ range: null }))[0]?.file, modelFile);
  });
  it('are none for a NumPy script without a model', () => {
    const script = result([], { diagnostics: [diagnostic({})] });
    assert.deepEqual(problemsOf(script, 'numpy'), []);
    assert.equal(problemsOf(script, 'deep').length, 1);
  });
});
