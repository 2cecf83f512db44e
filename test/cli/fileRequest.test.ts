// How the command reads a file: its encoding, and the folder in which its imports are looked up.
import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseCommand, type InspectArguments } from '../../src/cli/arguments.ts';
import { fileRequest } from '../../src/cli/fileRequest.ts';

describe('the request of a file', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'file-request-')); });
  afterEach(() => rmSync(folder, { recursive: true }));

  const written = (path: string, content: string | Buffer = '') => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    return join(folder, path);
  };
  const requestOf = (path: string) => {
    const command = parseCommand(['inspect', path]);
    assert.equal(command.kind, 'inspect');
    return fileRequest((command as { arguments: InspectArguments }).arguments);
  };
  const textOf = (content: Buffer) => requestOf(written('model.py', content)).source.text;

  it('leaves out a byte order mark', () => {
    assert.equal(textOf(Buffer.from('\uFEFFimport torch\n')), 'import torch\n');
  });

  it('reads the encoding that the first two lines declare', () => {
    assert.equal(textOf(Buffer.from('#!/usr/bin/env python\n# -*- coding: latin-1 -*-\nn\u00e9t = 1\n', 'latin1')), '#!/usr/bin/env python\n# -*- coding: latin-1 -*-\nn\u00e9t = 1\n');
    assert.equal(textOf(Buffer.from('# encoding: no-such\nn\u00e9t = 1\n')), '# encoding: no-such\nn\u00e9t = 1\n');
  });

  it('takes as root the nearest folder with a mark of a project', () => {
    written('project/pyproject.toml');
    assert.equal(requestOf(written('project/src/model.py')).root, join(folder, 'project'));
  });

  it('takes as root what holds the outermost package, where nothing marks a project', () => {
    written('work/nets/__init__.py');
    written('work/nets/vision/__init__.py');
    assert.equal(requestOf(written('work/nets/vision/model.py')).root, join(folder, 'work'));
    assert.equal(requestOf(written('work/script.py')).root, join(folder, 'work'));
    assert.equal(requestOf(written('work/nets/tasks/model.py')).root, join(folder, 'work'), 'whose own folder is none');
  });
});
