import { strict as assert } from 'node:assert';
import { problemsOf, type OpenFiles } from '../../src/host/problemList.ts';
import type { Diagnostic } from '../../src/protocol/report.ts';
import { layer, modelFile, model, range, result } from './reports.ts';

const diagnostic = (over: Partial<Diagnostic>): Diagnostic => ({ kind: 'python', severity: 'error', message: 'no', range: range(3, 4, 9), hint: null, ...over });
const open: OpenFiles = { text: 'import torch\nfrom models import blocks\n', marksSyntax: false, has: (file) => file === '/open.py' };
const problems = (...diagnostics: Diagnostic[]) => problemsOf(result([model('Net', [])], { diagnostics }), 'deep', open);

describe('the problems of a run', () => {
  it('keep the framework\'s wording and put the hint below', () => {
    const [problem] = problems(diagnostic({ kind: 'shape', message: 'mat1 and mat2 shapes cannot be multiplied (32x784 and 780x256)', hint: 'the layer before gives 784 features: nn.Linear(784, 256)' }));
    assert.equal(problem?.message, 'mat1 and mat2 shapes cannot be multiplied (32x784 and 780x256)\nthe layer before gives 784 features: nn.Linear(784, 256)');
    assert.equal(problem?.severity, 'error');
    assert.deepEqual(problem?.range, range(3, 4, 9));
  });
  it('are information where we cannot do something', () => assert.deepEqual(problems(diagnostic({ kind: 'unsupported' })).map((problem) => problem.severity), ['information']));
  it('are a mere hint where something was left out on purpose', () => assert.deepEqual(problems(diagnostic({ kind: 'skipped' })).map((problem) => problem.severity), ['hint']));
  it('are syntax errors too, in Python\'s words', () => {
    assert.deepEqual(problems(diagnostic({ kind: 'syntax', message: "'(' was never closed" })).map(({ message, severity }) => [message, severity]), [["'(' was never closed", 'error']]);
  });
  it('are said once, though several models met them', () => assert.equal(problems(diagnostic({}), diagnostic({}), diagnostic({ range: range(4, 4, 9) })).length, 2));
  it('are marked in the file where they happened', () => {
    assert.equal(problems(diagnostic({ range: { ...range(1, 0, 3), file: '/open.py' } }))[0]?.file, '/open.py');
    assert.equal(problems(diagnostic({ range: null }))[0]?.file, modelFile);
  });
  it('are marked at the import of a file that is not open, name it and lead to it', () => {
    const place = { ...range(63, 0, 3), file: modelFile.replace(/[^/]*$/, 'models/blocks.py') };
    const [problem] = problems(diagnostic({ range: place }));
    assert.deepEqual([problem?.file, problem?.range, problem?.message], [modelFile, range(2, 0, 25), 'models/blocks.py, line 63: no']);
    assert.deepEqual(problem?.related, [{ range: place, message: 'The place in the imported file.' }]);
  });
  it('are said once where the line that led to another file says them too, and lead there', () => {
    const place = { ...range(63, 0, 3), file: modelFile.replace(/[^/]*$/, 'models/blocks.py') };
    const found = problems(diagnostic({ range: place, hint: 'write 16' }), diagnostic({ message: 'no (models/blocks.py, line 63)', range: range(9, 0, 4) }));
    assert.deepEqual(found.map(({ message, range: at, related }) => [message, at?.line, related.map((other) => other.range)]), [['no (models/blocks.py, line 63)\nwrite 16', 9, [place]]]);
  });
  it('are none for a NumPy script without a model', () => {
    const script = result([], { diagnostics: [diagnostic({})] });
    assert.deepEqual(problemsOf(script, 'numpy', open), []);
    assert.equal(problemsOf(script, 'deep', open).length, 1);
  });
  it('lead to where the layer is made that fails within a `Sequential`', () => {
    const failed = model('Net', [layer(0, { path: '' }), layer(1, { path: 'body.2', type: 'Linear', failure: 'mat1 and mat2 do not fit', definition: range(9, 12, 29), call: range(20, 8, 20) })]);
    const [problem] = problemsOf(result([failed], { diagnostics: [diagnostic({ kind: 'shape', message: 'mat1 and mat2 do not fit', range: range(20, 8, 20) })] }), 'deep', open);
    assert.deepEqual([problem?.range, problem?.related], [range(20, 8, 20), [{ range: range(9, 12, 29), message: '`body.2` (Linear) is the layer that fails; it is made here.' }]]);
  });
  it('are a finding too where it is an error, as the first value that is not finite', () => {
    const findings = [
      { rule: 'non-finite', severity: 'error', message: '`div` is the first', layer: '', range: range(19, 8, 60), fixes: [] }, { rule: 'saturated', severity: 'warning', message: 'flat', layer: 'a', range: range(3, 0, 4), fixes: [] },
    ] as const;
    const found = problemsOf(result([{ ...model('Net', []), findings }]), 'deep', open);
    assert.deepEqual(found.map(({ kind, message, range }) => [kind, message, range?.line]), [['non-finite', '`div` is the first', 19]]);
  });

  it('leave syntax errors to the Python extension, where that marks them', () => {
    const range = { file: '/open.py', line: 1, column: 0, endLine: 1, endColumn: 1 };
    const report = { file: '/open.py', models: [], diagnostics: [{ kind: 'syntax', severity: 'error', message: 'invalid syntax', hint: null, range } as const] };
    assert.deepEqual([false, true].map((marksSyntax) => problemsOf({ report }, 'deep', { ...open, marksSyntax }).length), [1, 0]);
  });
});
