import { strict as assert } from 'node:assert';
import { itFinds } from './modelCase.ts';
import { RanFile } from './runFile.ts';

const torch = 'import torch\nfrom torch import nn\n';
const missing = "FileNotFoundError: [Errno 44] No such file or directory: 'no/such.csv'";

describe('the procedures of a script', () => {
  itFinds({
    title: 'run on to the model behind data that are not there',
    text: `${torch}def main(width):
    """Trains."""
    rows = open("no/such.csv").readlines()
    loader = torch.utils.data.DataLoader(rows, batch_size=4)
    net = nn.Sequential(nn.Linear(width, 5), nn.ReLU())
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for x in loader:
        net(x).sum().backward()
        optimizer.step()
if __name__ == "__main__":
    main(7)
`,
    diagnostics: [`python 5:11-30 ${missing}`],
    models: 'net (instance)',
    rows: ['. Sequential → (32, 5)', '  0 Linear → (32, 5)', '  1 ReLU → (32, 5)'],
    inputs: 'input (32, 7) inferred',
  });

  itFinds({
    title: 'show the model of a procedure that another one calls',
    text: `${torch}def train(net):
    weights = {}["best"]
    net(torch.ones(2, 3))
def main():
    net = nn.Linear(3, 1)
    train(net)
main()
`,
    diagnostics: ["python 4:14-24 KeyError: 'best'"],
    models: 'net (called)',
    rows: ['. Linear → (2, 1)'],
    inputs: 'input (2, 3) file',
  });

  itFinds({
    title: 'are none of the functions that are tried on tensors',
    text: `${torch}def main(x):\n    print(x["rows"])\ndef scaled(x):\n    return torch.relu(2 * x)\nmain({"rows": 3})\n`,
    models: 'scaled (function)',
    rows: ['. relu → (32, 10)'],
    inputs: 'x (32, 10) assumed',
  });

  itFinds({
    title: 'have the constructor of a class that trains among them, and its methods, with what it keeps',
    text: `${torch}def load():
    return open("no/such.csv").readlines(), 3
class Net(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.head = nn.Conv2d(3, classes, 1)
    def forward(self, x):
        return self.head(x)
class Trainer(object):
    def __init__(self, rate):
        self.loader, self.nclass = load()
        self.net = Net(self.nclass)
        self.steps = len(self.loader) / 0
        self.prepare()
    def prepare(self):
        self.rows = {}["rows"]
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=0.1)
    def train(self):
        for x, y in self.loader:
            self.net(x).sum().backward()
def main():
    trainer = Trainer(0.1)
    trainer.train()
    print(trainer.rows)
main()
`,
    diagnostics: [`python 4:11-30 ${missing}`, 'skipped 8:20-44 the number `nclass` is assumed: 10', 'skipped 15:21-41 ZeroDivisionError: division by zero (there is no data, since `loader` was not read)',
      "python 18:20-30 KeyError: 'rows'", 'skipped 26:10-22 `self.rows` was not defined because line 18 failed'],
    models: 'Net (instance)',
    rows: ['. Net → (32, 10, 32, 32)', '  head Conv2d → (32, 10, 32, 32)'],
    inputs: 'x (32, 3, 32, 32) inferred',
  });

  it('say what failed once, and not again of the names that it would have bound', async () => {
    const ran = await RanFile.of('def main():\n    a = 1 / 0\n    b = a + 1\n    print(b)\n    print("end")\nmain()\n');
    assert.deepEqual(ran.diagnostics, [
      'python 2:8-13 ZeroDivisionError: division by zero',
      'skipped 3:8-9 `a` was not defined because line 2 failed',
      'skipped 4:10-11 `b` was not defined because line 2 failed',
    ]);
    assert.equal(ran.run.output, 'end\n');
  });

  it('return, exit and handle errors as Python has it', async () => {
    const ran = await RanFile.of(`import sys
def main(n):
    global total
    total = 0
    if n > 2:
        total += n
        return
    try:
        {}["a"]
    except KeyError:
        total -= 1
    sys.exit(0)
main(3)
print(total)
main(1)
print("not reached")
`);
    assert.deepEqual([ran.diagnostics, ran.run.output], [[], '3\n']);
  });

  it('raise what the file itself handles, and what they raise while they call themselves', async () => {
    const ran = await RanFile.of(`def once():
    raise ValueError("handled")
def deeper(n):
    deeper(n + 1) if n < 3 else 1 / 0
try:
    once()
except ValueError as error:
    print(error)
deeper(0)
`);
    assert.deepEqual([ran.diagnostics, ran.run.output], [['python 4:32-37 ZeroDivisionError: division by zero'], 'handled\n']);
  });
});

describe('what the workspace says of a script', () => {
  const files = { 'config/net.txt': '12', 'parts/body.py': 'WIDTH = 4\n' };

  it('is imported from the folders that it adds to its path', async () => {
    const ran = await RanFile.of('import importlib, os, sys\nsys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "parts"))\nprint(importlib.import_module("body").WIDTH)\n', { files });
    assert.deepEqual([ran.diagnostics, ran.run.output], [[], '4\n']);
  });

  it('goes on where a function of another file gives up, since something is not as it wants it; not where the file itself does', async () => {
    const files = { 'setup.py': 'import sys\ndef check(has_gpu=False):\n    if not has_gpu:\n        sys.exit("no GPU")\ndef stop():\n    sys.exit(0)\n' };
    const main = (first: string) => `import sys\nimport torch\nimport setup\ndef main():\n    ${first}\n    net = torch.nn.Linear(2, 3)\n    sampler = nothing\nmain()\n`;
    const ran = await RanFile.of(main('setup.check()'), { files });
    assert.deepEqual([ran.models, ran.diagnostics], ['net (instance)', ['skipped 5:4-17 this ends the program: no GPU; the file goes on without it', "python 7:14-21 NameError: name 'nothing' is not defined"]]);
    assert.deepEqual(ran.run.diagnostics.map(({ severity }) => severity), ['information', 'warning']);
    for (const first of ['setup.stop()', 'sys.exit("no GPU")']) assert.equal((await RanFile.of(main(first), { files })).models, '', first);
  });

  it('goes on where a script ends since it has started itself as another program, `mpirun python train.py`', async () => {
    const files = { 'forks.py': 'import os, subprocess, sys\ndef fork(n):\n    if os.getenv("IN_MPI") is None:\n        subprocess.check_call(["mpirun", "-np", str(n), sys.executable] + sys.argv)\n        sys.exit()\n' };
    const ran = await RanFile.of('import torch\nimport forks\nif __name__ == "__main__":\n    forks.fork(4)\n    net = torch.nn.Linear(2, 3)\n', { files });
    assert.deepEqual([ran.models, ran.diagnostics.at(-1)], ['net (instance)', 'skipped 4:4-17 this ends the program; the file goes on without it']);
  });

  it('takes a file of settings of the workspace for a required argument of the command line that names one', async () => {
    const ran = await RanFile.of('import argparse\nfrom yacs.config import CfgNode\np = argparse.ArgumentParser()\np.add_argument("--cfg", type=str, required=True)\nconfig = CfgNode()\nconfig.merge_from_file(p.parse_args().cfg)\nprint(config.WIDTH)\n',
      { path: 'tools/train.py', files: { 'package.json': '{}', '.hidden.yaml': 'WIDTH: 1', 'environment.yaml': 'WIDTH: 2', 'experiments/small.yaml': 'WIDTH: 3' } });
    assert.deepEqual([ran.run.output, ran.diagnostics.at(-1)], ['3\n', 'skipped tools/train.py:6:23-37 required arguments of the command line are assumed: --cfg = /workspace/experiments/small.yaml']);
  });

  it('says what a required argument of the command line may be, where it compares it with words', async () => {
    const ran = await RanFile.of('import argparse\nfrom nets import make\np = argparse.ArgumentParser()\np.add_argument("-arch", type=str, required=True)\nprint(make(p.parse_args()))\n',
      { files: { 'nets.py': 'def make(args):\n    if args.arch == "vgg16":\n        return 16\n    raise ValueError(args.arch)\n' } });
    assert.deepEqual(ran.diagnostics, ['skipped 5:11-25 required arguments of the command line are assumed: -arch = vgg16']);
    assert.equal(ran.run.output, '16\n');
  });
});
