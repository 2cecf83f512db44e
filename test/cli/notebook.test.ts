import { strict as assert } from 'node:assert';
import { UsageError } from '../../src/cli/arguments.ts';
import { readNotebook, withCellPlaces } from '../../src/cli/notebook.ts';
import { formatLocation } from '../../src/protocol/source.ts';

const notebook = (...cells: readonly (string | readonly string[])[]) => JSON.stringify({
  nbformat: 4, cells: [{ cell_type: 'markdown', source: '# title' }, ...cells.map((source) => ({ cell_type: 'code', source, outputs: [] }))],
});

describe('a notebook', () => {
  it('is its code cells in order, shell and magic lines left empty', () => {
    const { text, leftOut } = readNotebook('a.ipynb', notebook(['!pip install torch\n', 'import torch'], '%matplotlib inline\nif True:\n    !ls\nx = 5 % 2'));
    assert.equal(text, '\nimport torch\n\nif True:\n    pass\nx = 5 % 2\n');
    assert.deepEqual(leftOut, []);
  });

  it('loses the first line of a %%time cell, the whole of a cell in another language, and cells that are to be left out', () => {
    const { text, leftOut } = readNotebook('a.ipynb', notebook('%%time\nx = 1', '%%bash\nls -l', 'y = = 2', 'z = 3'), new Set([3]));
    assert.equal(text, '\nx = 1\n\n\n\nz = 3\n');
    assert.deepEqual(leftOut, [2, 3]);
  });

  it('gives places as cell and line', () => {
    const read = readNotebook('a.ipynb', notebook('a = 1\nb = 2', 'c = 3', 'd = 4\ne = 5'));
    assert.deepEqual([1, 2, 3, 4, 5].map((line) => Object.values(read.locate(line))), [[1, 1], [1, 2], [2, 1], [3, 1], [3, 2]]);
    const range = { file: 'a.ipynb', line: 4, column: 2, endLine: 5, endColumn: 1 };
    assert.deepEqual(withCellPlaces({ layers: [{ call: range, definition: null }], file: 'a.ipynb' }, 'a.ipynb', read), {
      layers: [{ call: { file: 'a.ipynb#3', line: 1, column: 2, endLine: 2, endColumn: 1 }, definition: null }], file: 'a.ipynb',
    });
  });

  it('gives lines that a sentence names as cell and line too, those of other files left as they are', () => {
    const read = readNotebook('a.ipynb', notebook('a = 1\nb = 2', 'c = 3'));
    const told = (message: string) => withCellPlaces({ message }, 'a.ipynb', read).message;
    assert.equal(told('`c` was not defined because line 3 failed (blocks.py, line 3)'), '`c` was not defined because cell 2, line 1 failed (blocks.py, line 3)');
    assert.equal(told('Net: constructed as on line 3 of train.py'), 'Net: constructed as on line 3 of train.py');
    assert.deepEqual(withCellPlaces({ assumptions: ['Net: constructed as on line 3'], arguments: [{ reason: 'as on line 3' }], hint: null }, 'a.ipynb', read),
      { assumptions: ['Net: constructed as on cell 2, line 1'], arguments: [{ reason: 'as on cell 2, line 1' }], hint: null });
    assert.equal(formatLocation({ file: 'a.ipynb#2', line: 1, column: 0, endLine: 1, endColumn: 1 }), 'a.ipynb: cell 2, line 1');
  });

  it('keeps what the file prints and what a fix writes', () => {
    const report = { output: 'line 3 of the poem', diagnostics: [{ fixes: [{ edits: [{ newText: '# line 3' }] }] }] };
    assert.deepEqual(withCellPlaces(report, 'a.ipynb', readNotebook('a.ipynb', notebook('a = 1\nb = 2', 'c = 3'))), report);
  });

  it('is refused where it is none', () => assert.throws(() => readNotebook('a.ipynb', 'x = 1'), (error) => error instanceof UsageError && /not a Jupyter notebook/.test(error.message)));
});
