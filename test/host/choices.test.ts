import { strict as assert } from 'node:assert';
import { ChoiceMemory } from '../../src/host/choiceMemory.ts';
import { madeOnlyWithout, refusalOf, unfitChoices } from '../../src/host/choiceTrial.ts';
import { commentEdit } from '../../src/host/commentEdit.ts';
import { lensText, noChoices } from '../../src/protocol/modelChoices.ts';
import type { Diagnostic, ModelReport } from '../../src/protocol/report.ts';
import { layer, model, result } from './reports.ts';

/** What a workspace keeps, as text: it outlives whoever wrote it. */
class Kept {
  #text = '{}';

  readonly get = (key: string): unknown => (JSON.parse(this.#text) as Record<string, unknown>)[key];
  readonly update = async (key: string, value: unknown): Promise<void> => {
    this.#text = JSON.stringify({ ...JSON.parse(this.#text) as object, [key]: value });
  };
}

const deep = { arguments: { depth: '3' }, inputs: {} };

describe('what the user chose for a model', () => {
  it('is there in the next session, for that file and that model alone', async () => {
    const kept = new Kept();
    await new ChoiceMemory(kept).set('file:///net.py', 'Net', deep);
    const next = new ChoiceMemory(kept);
    assert.deepEqual(next.of('file:///net.py'), { Net: deep });
    assert.deepEqual(next.of('file:///other.py'), {});
  });
  it('is forgotten when it is reset', async () => {
    const kept = new Kept();
    const memory = new ChoiceMemory(kept);
    await memory.set('file:///net.py', 'Net', deep);
    await memory.set('file:///net.py', 'Net', noChoices);
    assert.deepEqual(memory.of('file:///net.py'), {});
    assert.deepEqual(kept.get('choices'), []);
  });
  it('goes along with a file that is renamed', async () => {
    const memory = new ChoiceMemory(new Kept());
    await memory.set('file:///net.py', 'Net', deep);
    await memory.move('file:///net.py', 'file:///better.py');
    assert.deepEqual([memory.of('file:///net.py'), memory.of('file:///better.py')], [{}, { Net: deep }]);
  });
  it('of the files changed longest ago makes room', async () => {
    const kept = new Kept();
    const memory = new ChoiceMemory(kept);
    for (let i = 0; i < 203; i++) await memory.set(`file:///${i}.py`, 'Net', deep);
    assert.equal((kept.get('choices') as unknown[]).length, 200);
    const next = new ChoiceMemory(kept);
    assert.deepEqual([next.of('file:///2.py'), next.of('file:///202.py')], [{}, { Net: deep }]);
  });
  it('is left where it was kept in a form that nobody reads any more', async () => {
    for (const odd of [null, 7, {}, [1], [['file:///net.py']], [['file:///net.py', { Net: { arguments: { depth: 3 }, inputs: {} } }]], [['file:///net.py', { Net: { arguments: {}, inputs: ['2x3'] } }]], [['file:///net.py', { Net: null }]]]) {
      const kept = new Kept();
      await kept.update('choices', odd);
      assert.deepEqual(new ChoiceMemory(kept).of('file:///net.py'), {}, JSON.stringify(odd));
    }
  });
  it('reads as a comment of the file would', () => {
    assert.equal(lensText(deep), 'args=(depth=3)');
    assert.equal(lensText({ arguments: { depth: '3', widths: '[8, 8]' }, inputs: { x: '2x3', labels: 'int:2x5:0..7', mask: 'None' } }), 'args=(depth=3, widths=[8, 8]), input=(x=2x3, labels=int:2x5:0..7, mask=None)');
  });
});

describe('a model that was made as chosen', () => {
  const failed = model('Net', [layer(0, { failure: 'mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)' })], { output: null });
  const fine = model('Net', []);
  const error = (message: string) => ({ kind: 'python', severity: 'error', message, range: null, hint: null }) as const;

  const answer = (models: readonly ModelReport[], diagnostics: readonly Diagnostic[] = []) => {
    const { report, listing } = result([fine]);
    return { report: { ...report, models, diagnostics }, listing };
  };

  it('is taken where it runs', () => assert.equal(refusalOf(answer([fine]), 'Net', deep, null), null));
  it('is refused with the reason where it cannot be made', () =>
    assert.equal(refusalOf(answer([], [error('another matter'), error('`Net` was not constructed')]), 'Net', deep, result([fine])), '`Net` was not constructed'));
  it('is refused with the layer\'s own words where its call fails', () =>
    assert.equal(refusalOf(answer([failed]), 'Net', deep, result([fine])), 'mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)'));
  it('is taken though its call fails where it failed before too', () => assert.equal(refusalOf(answer([failed]), 'Net', deep, result([failed])), null));
  it('is refused another input where the file\'s own statements are the model', () => {
    const statements = { ...answer([fine]), listing: [{ name: 'Net', kind: 'file', main: true }] } as const;
    assert.match(refusalOf(statements, 'Net', { arguments: {}, inputs: { x: '2x3' } }, null) ?? '', /statements of the file are the model/);
    assert.equal(refusalOf(answer([fine]), 'Net', { arguments: {}, inputs: { x: '2x3' } }, null), null);
  });
  it('is no longer made so where the file does not take it', () => {
    const { report, listing } = result([fine]);
    const after = { report: { ...report, models: [], diagnostics: [error('unexpected keyword argument')] }, listing };
    assert.deepEqual(unfitChoices(after, ['Net', 'Gone']), { Net: 'unexpected keyword argument' });
    assert.deepEqual(unfitChoices({ report, listing }, ['Net']), {});
  });
  it('is not what is at fault where the file cannot make the model without the choices either', () => {
    const unfit = { Net: "name 'self' is not defined" };
    assert.deepEqual(madeOnlyWithout(unfit, { report: { ...result([fine]).report, models: [] } }), {});
    assert.deepEqual(madeOnlyWithout(unfit, result([fine])), unfit);
  });
});

describe('a `# lens:` comment', () => {
  const put = (text: string, line: number) => {
    const lines = text.split('\n');
    const edit = commentEdit(lines, { line }, 'args=(3)');
    lines[edit.line] = lines[edit.line]!.slice(0, edit.startColumn) + edit.text + lines[edit.line]!.slice(edit.endColumn);
    return lines.join('\n');
  };

  it('goes above the model, as deep as it', () => {
    assert.equal(put('import torch\nclass Net:\n    pass', 2), 'import torch\n# lens: args=(3)\nclass Net:\n    pass');
    assert.equal(put('if True:\n    class Net:\n        pass', 2), 'if True:\n    # lens: args=(3)\n    class Net:\n        pass');
  });
  it('replaces the one above it, above its decorators or beside it', () => {
    assert.equal(put('# lens: args=(1)\nclass Net:', 2), '# lens: args=(3)\nclass Net:');
    assert.equal(put('# lens: args=(1)\n@register\n@twice(2)\nclass Net:', 4), '# lens: args=(3)\n@register\n@twice(2)\nclass Net:');
    assert.equal(put('class Net:  # lens: input=2x3', 1), 'class Net:  # lens: args=(3)');
  });
  it('leaves a comment on the statement above alone', () =>
    assert.equal(put('x = Other()  # lens: args=(1)\nclass Net:', 2), 'x = Other()  # lens: args=(1)\n# lens: args=(3)\nclass Net:'));
});
