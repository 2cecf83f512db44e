import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mostNames, workspaceFiles } from '../../src/runtime/workspaceFiles.ts';

describe('the files of a workspace', () => {
  let around: string;
  let root: string;
  before(() => {
    around = mkdtempSync(join(tmpdir(), 'lens-workspace-'));
    root = join(around, 'root');
    mkdirSync(join(root, 'inner'), { recursive: true });
    writeFileSync(join(around, 'secret.txt'), 'secret');
    writeFileSync(join(root, 'inner', 'a.py'), 'a = 1');
  });
  after(() => rmSync(around, { recursive: true }));

  it('are listed and read below the root, by paths from it and by whole ones', () => {
    const files = workspaceFiles(root, []);
    assert.deepEqual([files.list(root), files.list('inner'), files.size('inner/a.py')], [['inner/'], ['a.py'], 5]);
    assert.equal(Buffer.from(files.read(join(root, 'inner', 'a.py'))!).toString(), 'a = 1');
    assert.deepEqual([files.list('inner/a.py'), files.read('inner'), files.read('nowhere.py')], [undefined, undefined, undefined]);
  });

  it('are none that lie outside, whichever way they are named', function () {
    const files = workspaceFiles(root, []);
    for (const path of ['..', '../', 'inner/../..', around, '/']) assert.equal(files.list(path), undefined, path);
    for (const path of ['../secret.txt', 'inner/../../secret.txt', join(around, 'secret.txt'), join(root, '..', 'secret.txt')]) assert.equal(files.read(path), undefined, path);
    try {
      symlinkSync(join(around, 'secret.txt'), join(root, 'inner', 'out.txt'));
      symlinkSync(around, join(root, 'out'));
    } catch {
      this.skip(); // Windows lets few users make links
    }
    assert.deepEqual([files.read('inner/out.txt'), files.size('inner/out.txt'), files.list('out'), files.read('out/secret.txt')], [undefined, undefined, undefined, undefined]);
    rmSync(join(root, 'out'));
  });

  it('are at most some thousands of one folder', () => {
    const many = join(root, 'many');
    mkdirSync(many);
    for (let i = 0; i < mostNames + 5; i += 1) writeFileSync(join(many, String(i)), '');
    assert.equal(workspaceFiles(root, []).list('many')!.length, mostNames);
  });

  it('have no line breaks in their names', function () {
    if (process.platform === 'win32') return this.skip();
    const odd = join(root, 'odd');
    mkdirSync(odd);
    for (const name of ['b.py', 'a\n..', 'c\rd']) writeFileSync(join(odd, name), '');
    assert.deepEqual(workspaceFiles(root, []).list('odd'), ['b.py']);
  });

  it('have the text of an unsaved editor', () => {
    const path = join(root, 'inner', 'a.py');
    assert.equal(workspaceFiles(root, [{ path, text: 'a = 22' }]).size('inner/a.py'), 6);
  });
});
