// What a file imports: other files of its workspace, read through the door.
import { strict as assert } from 'node:assert';
import { RanFile } from './runFile.ts';

const torch = 'import torch\nimport torch.nn as nn\n';

describe('a folder of the workspace without `__init__.py`', () => {
  const files = { 'kinds/small/body.py': 'WIDTH = 5\n' };

  it('is a package of the files in it that a statement imports', async () => {
    const ran = await RanFile.of(`${torch}from kinds.small.body import WIDTH\nfrom kinds.small import body\nnet = nn.Linear(WIDTH, body.WIDTH)\n`, { files });
    assert.deepEqual([ran.diagnostics, ran.trace().rows], [[], ['. Linear → (32, 5)']]);
  });

  it('is a package where its name is only computed', async () => {
    const ran = await RanFile.of(`${torch}import importlib\nkind = "small"\nbody = importlib.import_module(f"kinds.{kind}.body")\nnet = nn.Linear(4, body.WIDTH)\n`, { files });
    assert.deepEqual([ran.diagnostics, ran.trace().rows], [[], ['. Linear → (32, 5)']]);
  });

  for (const statement of ['from kinds import load_dataset', 'import kinds']) {
    it(`leaves a package that is not here what it is: \`${statement}\``, async () => {
      const ran = await RanFile.of(`${torch}${statement}\nnet = nn.Linear(4, 5)\n`, { files });
      assert.deepEqual(ran.diagnostics, [`skipped 3:0-${statement.length} \`kinds\` is not here: what the file does with it has no effect`]);
    });
  }

  it('is none where it holds runs that no statement can name', async () => {
    const ran = await RanFile.of(`${torch}import importlib\nruns = importlib.import_module("runs")\nruns.start()\nnet = nn.Linear(4, 5)\n`, { files: { 'runs/run-1/train.py': 'x = 1\n' } });
    assert.deepEqual(ran.trace().rows, ['. Linear → (32, 5)']);
    assert.match(ran.diagnostics.join(), /`runs` is not here/);
  });
});
