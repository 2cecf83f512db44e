import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeAll, eventually, hoverAt, lensText, open, openUntitled, positionOf, problems, rangeOf, replace } from './editor.ts';

describe('a file with a network', () => {
  let editor: vscode.TextEditor;
  let document: vscode.TextDocument;

  before(async () => {
    editor = await open('classifier.py');
    ({ document } = editor);
    await eventually('lenses', async () => (await lensText(document)) !== '');
  });
  after(closeAll);

  it('has one line of lenses over its model', async () => {
    assert.match(await lensText(document), /^Show activations \| Quick train \| 235,146 parameters · \(32, 784\) → \(32, 10\)$/);
  });

  const places: readonly (readonly [string, RegExp])[] = [
    ['nn.Linear(784, 256)', /\*\*hidden\*\* `Linear` → relu/],
    ['self.hidden(x)', /\*\*hidden\*\*/],
    ['self.head(x)', /\*\*head\*\*/],
    ['F.relu(self.middle(x))', /relu/],
  ];
  for (const [text, expected] of places) {
    it(`tells of ${text} at its exact columns`, async () => {
      const range = rangeOf(document, text);
      const hover = await hoverAt(document, range.start);
      assert.ok(hover, 'no hover at its first column');
      assert.match(hover.text, expected);
      assert.ok(hover.range.isEqual(range), `the hover spans ${JSON.stringify(hover.range)}`);
    });
  }
  it('tells of the inner call inside an outer one', async () => {
    const hover = await hoverAt(document, positionOf(document, 'F.relu(self.middle(x))', 'F.relu(se'.length));
    assert.ok(hover?.range.isEqual(rangeOf(document, 'self.middle(x)')));
  });
  it('tells of a layer at the name that it is given', async () => {
    const hover = await hoverAt(document, positionOf(document, 'self.middle = ', 'self.mid'.length));
    assert.match(hover!.text, /^\*\*middle\*\* `Linear/);
    assert.ok(hover!.range.isEqual(new vscode.Range(positionOf(document, 'self.middle = ', 'self.'.length), positionOf(document, 'self.middle = ', 'self.middle'.length))));
  });
  it('tells nothing beside a layer', async () => {
    assert.equal(await hoverAt(document, positionOf(document, 'return self.head')), undefined);
  });
  it('gives shape, parameters, figures before and after the function, and a picture', async () => {
    const hover = await hoverAt(document, positionOf(document, 'self.hidden(x)', 5));
    assert.ok(hover);
    assert.match(hover.text, /\(32, 784\) → \(32, 256\)` · 200,960 parameters/);
    assert.match(hover.text, /\| pre-activation&emsp;\| .*±.*\| .* … .*\| 0 %&emsp;\|/);
    const zeros = Number(/\| activation&emsp;\|.*\| ([\d.]+) %&emsp;\|/.exec(hover.text)?.[1]);
    assert.ok(zeros > 40 && zeros < 60, `relu of a zero-mean input leaves about half: ${zeros} %`);
    assert.match(hover.text, /of 256 units inactive · gradient norm [\d.]+/);
    assert.match(hover.text, /!\[histogram\]\(data:image\/svg\+xml;base64,/);
  });
  it('has no problems', () => assert.deepEqual(problems(document), []));

  it('follows an edit within a moment', async () => {
    const startedAt = Date.now();
    await replace(editor, 'self.middle = nn.Linear(256, 128)', 'self.middle = nn.Linear(256, 64)');
    await replace(editor, 'nn.Linear(128, 10)', 'nn.Linear(64, 10)');
    await eventually('218,058 parameters', async () => (await lensText(document)).includes('218,058 parameters'));
    console.log(`    (edit to lens: ${Date.now() - startedAt} ms)`);
    const hover = await hoverAt(document, positionOf(document, 'self.middle(x)'));
    assert.match(hover?.text ?? '', /\(32, 256\) → \(32, 64\)/);
  });
  it('keeps its lens and hovers while it does not parse, at the places they have moved to', async () => {
    await replace(editor, 'import torch\n', 'import torch\nx = (\n');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.match(await lensText(document), /218,058 parameters/);
    const hover = await hoverAt(document, positionOf(document, 'self.hidden(x)'));
    assert.ok(hover?.range.isEqual(rangeOf(document, 'self.hidden(x)')));
    assert.deepEqual(problems(document).map(({ message }) => message), ["'(' was never closed"]);
    await replace(editor, 'x = (\n', '');
  });
});

describe('other forms', () => {
  afterEach(closeAll);

  it('reads an untitled editor', async () => {
    const { document } = await openUntitled('import torch\nimport torch.nn as nn\n\nmodel = nn.Sequential(nn.Linear(3, 5), nn.Tanh())\nmodel(torch.ones(2, 3))\n');
    await eventually('a lens', async () => (await lensText(document)).includes('20 parameters · (2, 3) → (2, 5)'));
    const hover = await hoverAt(document, positionOf(document, 'nn.Tanh()'));
    assert.match(hover?.text ?? '', /Tanh/);
  });
  it('reads a Keras model, with the function inside the layer', async () => {
    const { document } = await open('dense.py');
    const text = "layers.Dense(64, activation='relu')";
    const hover = await eventually('a hover', () => hoverAt(document, positionOf(document, text)));
    assert.ok(hover.range.isEqual(rangeOf(document, text)));
    assert.match(hover.text, /pre-activation/);
    assert.match(hover.text, /1,344 parameters/);
  });
  it('reads an import of the workspace, also as it is in an unsaved editor', async () => {
    const blocks = await open('blocks.py');
    const { document } = await open('stack.py');
    await eventually('the saved block', async () => (await lensText(document)).includes('98 parameters'));
    await vscode.window.showTextDocument(blocks.document, { viewColumn: vscode.ViewColumn.Two });
    const beside = vscode.window.visibleTextEditors.find((editor) => editor.document === blocks.document)!;
    await replace(beside, 'nn.Linear(width, width)', 'nn.Linear(width, width, bias=False)');
    await eventually('the unsaved block', async () => (await lensText(document)).includes('86 parameters'));
  });
});

describe('a file that fails', () => {
  afterEach(closeAll);

  it('has a problem on the exact call, in PyTorch\'s words, and all layers before it', async () => {
    const { document } = await open('mismatch.py');
    const [problem] = await eventually('a problem', () => (problems(document).length > 0 ? problems(document) : undefined));
    assert.match(problem!.message, /mat1 and mat2 shapes cannot be multiplied \(8x16 and 12x4\)/);
    assert.equal(problem!.severity, vscode.DiagnosticSeverity.Error);
    assert.ok(problem!.range.isEqual(rangeOf(document, 'self.second(x)')), `the marker spans ${JSON.stringify(problem!.range)}`);
    const before = await hoverAt(document, positionOf(document, 'self.first(x)'));
    assert.match(before?.text ?? '', /\(8, 20\) → \(8, 16\)/);
  });
  it('offers what mends the problem as a quick fix, which takes it away', async () => {
    const { document } = await open('mismatch.py');
    const [problem] = await eventually('a problem', () => (problems(document).length > 0 ? problems(document) : undefined));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, problem!.range);
    const action = actions.find(({ title }) => title === 'Change in_features to 16');
    assert.ok(action?.isPreferred && action.edit, actions.map(({ title }) => title).join(', '));
    await vscode.workspace.applyEdit(action.edit);
    await eventually('no problem', () => problems(document).length === 0);
    assert.ok(document.getText().includes('nn.Linear(16, 4)'));
    const none = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, problem!.range);
    assert.deepEqual(none.filter(({ title }) => title.startsWith('Change in_features')), []);
  });
  it('loses the problem when it is mended', async () => {
    const editor = await open('mismatch.py');
    await eventually('a problem', () => problems(editor.document).length > 0);
    await replace(editor, 'nn.Linear(12, 4)', 'nn.Linear(16, 4)');
    await eventually('no problem', () => problems(editor.document).length === 0);
    assert.match(await lensText(editor.document), /404 parameters · \(8, 20\) → \(8, 4\)/);
  });
});
