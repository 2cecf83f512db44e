// The command as a terminal calls it: dist/cli.js in a process of its own.
import { strict as assert } from 'node:assert';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InspectReport } from '../../src/protocol/report.ts';

const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

const network = `import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 16)
        self.fc2 = nn.Linear(16, 2)

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))
`;

describe('the command', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    assert.ok(existsSync(command), 'dist/cli.js is missing: npm run build');
    folder = mkdtempSync(join(tmpdir(), 'activation-lens-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const run = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], { cwd: folder, encoding: 'utf8' });
    // What a run is at is said where it takes long, as it does on a busy machine.
    return { status, stdout, stderr: stderr.replace(/^.* …\n/gm, '') };
  };
  /** A safetensors file of ones for `fc1.bias` of the network. */
  const writeWeights = (name: string) => {
    const header = Buffer.from(JSON.stringify({ 'fc1.bias': { dtype: 'F32', shape: [16], data_offsets: [0, 64] } }));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    writeFileSync(join(folder, name), Buffer.concat([length, header, Buffer.from(new Float32Array(16).fill(1).buffer)]));
  };
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  it('prints its version and its words', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
    assert.deepEqual(run('--version'), { status: 0, stdout: `${version}\n`, stderr: '' });
    assert.match(run('--help').stdout, /^activation-lens inspect FILE/);
  });

  it('shows a table of the layers', () => {
    write('net.py', network);
    const { status, stdout } = run('inspect', 'net.py');
    assert.equal(status, 0);
    const lines = stdout.split('\n');
    assert.match(lines[0], /^Net {2}PyTorch {2}net\.py:5:7$/);
    assert.ok(lines.some((line) => /^fc1 +Linear +\(32, 16\) +48 .*± .*[▁▂▃▄▅▆▇█]{4}/.test(line)), stdout);
    assert.ok(lines.some((line) => line.startsWith('82 parameters · ')), stdout);
  });

  it('gives the document as JSON, on stdout or in a file, the same numbers for the same seed', () => {
    write('net.py', network);
    const inspect = (...words: string[]) => JSON.parse(run('inspect', 'net.py', '--json', ...words).stdout) as InspectReport;
    const report = inspect('--seed', '3', '--input', '8x2');
    assert.deepEqual([report.schema, report.file, report.seed, report.models[0].inputs[0].shape, report.models[0].inputs[0].origin], [1, 'net.py', 3, [8, 2], 'option']);
    assert.equal(report.models[0].layers[0].definition?.file, 'net.py');
    assert.deepEqual(inspect('--seed', '3', '--input', '8x2'), report);
    assert.notEqual(inspect('--seed', '4', '--input', '8x2').models[0].layers[0].output!.mean, report.models[0].layers[0].output!.mean);
    const { status, stdout } = run('inspect', 'net.py', '--json', '--seed', '3', '--input', '8x2', '-o', 'out.json');
    assert.deepEqual([status, stdout, JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'))], [0, '', report]);
  });

  it('ends with 1 where the model fails, the place and PyTorch\'s words on stderr, the layers before it shown', () => {
    write('broken.py', network.replace('nn.Linear(16, 2)', 'nn.Linear(12, 2)'));
    const { status, stdout, stderr } = run('inspect', 'broken.py', '--input', '8x2');
    assert.equal(status, 1);
    assert.match(stderr, /^broken\.py:12:16: .*mat1 and mat2 shapes cannot be multiplied \(8x16 and 12x2\)/m);
    assert.match(stdout, /^fc1 .*\(8, 16\)/m);
    assert.match(stdout, /^fc2 .*failed/m);
  });

  it('says in a sentence why a model that fails cannot be trained', () => {
    write('broken.py', network.replace('nn.Linear(16, 2)', 'nn.Linear(12, 2)'));
    const { status, stderr } = run('train', 'broken.py', '--steps', '1');
    assert.deepEqual([status, stderr], [1, 'activation-lens: mat1 and mat2 shapes cannot be multiplied (32x16 and 12x2) (line 12)\n']);
  });

  it('ends with 1 where the memory is not enough, the figures of what comes before it shown', () => {
    write('wide.py', `${network.replace('nn.Linear(16, 2)', 'nn.Linear(16, 1000000)')}\n\nnet = Net()\nnet(torch.randn(4, 2))\n`);
    const { status, stdout, stderr } = run('inspect', 'wide.py', '--memory-limit', '32');
    assert.equal(status, 1);
    assert.equal(stderr, 'wide.py:9:20: `fc2.weight` needs 61.0 MiB together with what is still in use; the limit is 32.0 MiB '
      + '(These are the parameters themselves; the limit is a setting.)\n');
    assert.match(stdout, /^fc1 .*±/m);
    assert.doesNotMatch(stdout, /^fc2 .*±/m);
  });

  it('calls a drawn input by the name that it has in the file, where it is too large', () => {
    write('net.py', network);
    const { status, stderr } = run('inspect', 'net.py', '--input', '10000000x2', '--memory-limit', '32');
    assert.equal(status, 1);
    assert.match(stderr, /^net\.py:5:7: The input `x` needs 76\.\d MiB together with what is still in use; the limit is 32\.0 MiB \(A smaller input needs less; /);
  });

  it('ends with 1 where there is no model, and with 2 where the words are off, in one line each', () => {
    write('empty.py', 'x = 1\n');
    const none = run('inspect', 'empty.py');
    assert.equal(none.status, 1);
    assert.match(none.stderr, /^empty\.py: .*no model.*\n$/);
    assert.deepEqual(run('inspect', 'missing.py'), { status: 2, stdout: '', stderr: 'missing.py: there is no such file\n' });
    assert.deepEqual(run('inspect', 'empty.py', '--seed', 'x').status, 2);
  });

  it('names the models of a file', () => {
    write('two.py', `${network}\n\nclass Other(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(3, 1)\n\n    def forward(self, x):\n        return self.fc(x)\n`);
    const { status, stdout } = run('inspect', 'two.py', '--list');
    assert.equal(status, 0);
    assert.deepEqual(stdout.split('\n').filter(Boolean).map((line) => line.split(' ')[0]).sort(), ['Net', 'Other']);
    assert.match(run('inspect', 'two.py', '--model', 'Other', '--structure').stdout, /^fc +Linear +\(32, 1\) +4/m);
  });

  it('takes a notebook\'s cells as one file, and leaves out one that is not Python', () => {
    const cells = ['!pip install torch', network, 'this is no Python', 'model = Net()\ny = model(torch.randn(4, 2))'];
    write('net.ipynb', JSON.stringify({ nbformat: 4, cells: cells.map((source) => ({ cell_type: 'code', source })) }));
    const { status, stdout, stderr } = run('inspect', 'net.ipynb', '--json');
    assert.equal(status, 0, stderr);
    assert.match(stderr, /net\.ipynb: cell 3: information: this cell is not Python and was left out/);
    const [model] = (JSON.parse(stdout) as InspectReport).models;
    assert.deepEqual([model.inputs[0].shape, model.layers[0].definition?.file, model.layers[0].definition?.line], [[4, 2], 'net.ipynb#2', 8]);
  });

  it('trains with JSON lines, a line per step, the layers each K steps, and how it ended', () => {
    write('net.py', network);
    const { status, stdout, stderr } = run('train', 'net.py', '--steps', '40', '--every', '20', '--batch', '16', '--lr', '0.05', '--json');
    assert.equal(status, 0, stderr);
    const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(lines.slice(0, -1).map(({ step }) => step), Array.from({ length: 40 }, (_, step) => step + 1));
    assert.deepEqual(lines.flatMap(({ step, layers }) => (layers ? [step] : [])), [1, 20, 40]);
    const last = lines.at(-1)!;
    assert.deepEqual([last['done'], last['reason'], last['step'], last['optimizer'], last['learningRate'], last['batch']], [true, 'steps', 40, 'adam', 0.05, 16]);
    assert.match(String(last['data']), /^two moons/);
    assert.ok((last['loss'] as number) < (lines[0]['loss'] as number));
  });

  it('trains on a CSV file, and shows the layers after it', () => {
    write('net.py', network);
    write('points.csv', `x,y,label\n${Array.from({ length: 60 }, (_, row) => `${row % 7},${row % 5},${row % 7 > 3 ? 'far' : 'near'}`).join('\n')}\n`);
    const { status, stdout } = run('train', 'net.py', '--steps', '30', '--data', 'points.csv');
    assert.equal(status, 0);
    assert.match(stdout, /trained 30 steps of adam, learning rate 0\.001, batch 32 · loss \d\.\d+ → \d\.\d+ · accuracy/);
    assert.match(stdout, /data: points\.csv: 60 examples of 2 features/);
    assert.match(stdout, /^fc1 +Linear/m);
  });

  it('starts from weights of a file, and names it', () => {
    write('net.py', network);
    writeWeights('w.safetensors');
    const { status, stdout, stderr } = run('inspect', 'net.py', '--weights', 'w.safetensors', '--json');
    assert.equal(status, 0);
    assert.match(stderr, /^net\.py: warning: weights: 3 of 4 tensors were not found in the file: fc1\.weight, fc2\.weight, fc2\.bias$/m);
    const [model] = (JSON.parse(stdout) as InspectReport).models;
    assert.equal(model.layers.find(({ path }) => path === 'fc1')!.parameters.find(({ name }) => name === 'bias')!.value!.mean, 1);
    assert.match(run('inspect', 'net.py', '--weights', 'w.safetensors').stdout, /^weights of w\.safetensors \(1 of 4 tensors\)$/m);
    const trained = run('train', 'net.py', '--steps', '1', '--weights', 'w.safetensors');
    assert.equal(trained.status, 0);
    assert.match(trained.stderr, /^net\.py: warning: weights: 3 of 4 tensors were not found in the file/m);
  });

  it('refuses weights that it cannot take: no such file 2, a file that is damaged 1', () => {
    write('net.py', network);
    write('w.npz', 'nothing');
    const absent = run('inspect', 'net.py', '--weights', 'absent.pt');
    assert.deepEqual([absent.status, absent.stderr], [2, '--weights absent.pt: there is no such file\n']);
    const damaged = run('inspect', 'net.py', '--weights', 'w.npz');
    assert.deepEqual([damaged.status, damaged.stderr], [1, 'net.py: weights: w.npz: it is not an .npz archive\n']);
    const trained = run('train', 'net.py', '--weights', 'w.npz');
    assert.deepEqual([trained.status, trained.stderr], [1, 'activation-lens: weights: w.npz: it is not an .npz archive\n']);
  });

  it('ends a training at Ctrl-C with what it came to', async () => {
    write('net.py', network);
    const child = spawn(process.execPath, [command, 'train', 'net.py', '--steps', '1000000', '--json'], { cwd: folder, detached: true });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      if (text === '') process.kill(-child.pid!, 'SIGINT');
      text += more;
    });
    const status = await new Promise((resolve) => child.on('exit', resolve));
    const last = JSON.parse(text.trim().split('\n').at(-1)!) as Record<string, unknown>;
    assert.deepEqual([status, last['done'], last['reason']], [0, true, 'stopped']);
  });
});
