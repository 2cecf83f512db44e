import { strict as assert } from 'node:assert';
import { formatLocation, placeText, relativePath, type SourceRange } from '../../src/protocol/source.ts';

const range = (file: string): SourceRange => ({ file, line: 63, column: 4, endLine: 63, endColumn: 9 });

describe('a file as one in the folder of another would name it', () => {
  for (const [file, other, expected] of [
    ['/work/model.py', '/work/train.py', 'model.py'],
    ['/work/models/blocks.py', '/work/train.py', 'models/blocks.py'],
    ['/work/blocks.py', '/work/models/net.py', '../blocks.py'],
    ['/work/a/b/c.py', '/work/d/e.py', '../a/b/c.py'],
    ['/work/models/net.py', '/work/models/net.py', 'net.py'],
    ['C:\\work\\models\\net.py', 'C:\\work\\train.py', 'models/net.py'],
    ['D:\\net.py', 'C:\\train.py', 'D:\\net.py'],
    ['net.py', 'train.py', 'net.py'],
  ] as const) {
    it(`${file} for ${other} is ${expected}`, () => assert.equal(relativePath(file, other), expected));
  }
});

describe('a place in words', () => {
  it('is the line, and of another file than the one shown its path too', () => {
    assert.equal(placeText(range('/work/net.py'), '/work/net.py'), 'line 63');
    assert.equal(placeText(range('/work/models/blocks.py'), '/work/net.py'), 'models/blocks.py, line 63');
  });
});

describe('a place as terminals link it', () => {
  it('counts columns from 1, and names the cell of a notebook', () => {
    assert.equal(formatLocation(range('model.py')), 'model.py:63:5');
    assert.equal(formatLocation(range('model.ipynb#4')), 'model.ipynb: cell 4, line 63');
  });
});
