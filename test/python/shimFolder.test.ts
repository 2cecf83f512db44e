// The shims in the interpreter's file system: there from the beginning, each made when it is looked up.
import assert from 'node:assert/strict';
import { runPython } from './harness.ts';

describe('the folders of the shims', () => {
  const printed = async (text: string) => {
    const { stdout, errors } = await runPython(text);
    assert.equal(errors, '');
    return stdout;
  };

  it('list each file once, before and after it is read', async () => {
    assert.equal(await printed([
      'import os',
      'before = sorted(os.listdir("/shim/torch/optim"))',
      'text = open("/shim/torch/optim/__init__.py").read()',
      'after = sorted(os.listdir("/shim/torch/optim"))',
      'print(before == after, len(set(after)) == len(after), "__init__.py" in after, len(text) > 0)',
    ].join('\n')), 'True True True True\n');
  });

  it('have no other files', async () => {
    assert.equal(await printed([
      'try:', '    open("/shim/torch/no_such_part.py")', 'except FileNotFoundError as error:', '    print(error)',
    ].join('\n')), "[Errno 44] No such file or directory: '/shim/torch/no_such_part.py'\n");
  });
});
