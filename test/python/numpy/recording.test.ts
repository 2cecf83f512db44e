// What NumPy code leaves in the graph: arrays are recorded, connected over scalars and views, shared with torch, rows of the report.
import { strict as assert } from 'node:assert';
import type { Workspace } from '../../../src/python/workspace.ts';
import { freshRecorder, interpreter, runPython, type PythonResult } from '../harness.ts';

const begin = `
import numpy as np
from _lens import door
from _lens.recording import calls, provenance
def made_from(result, source):
    return source.value.id in provenance.ancestors([result.value.id])
`;

async function printed(text: string): Promise<string> {
  const { stdout, errors } = await runPython(begin + text);
  assert.equal(errors, '');
  return stdout.trim();
}

describe('An array of NumPy', () => {
  it('is recorded, and connected with what it was computed from', async () => {
    assert.equal(await printed(`
x = np.random.randn(4, 3)
h = np.maximum(0, x @ np.ones((3, 5)) + 1)
e = np.exp(h - h.max(axis=1, keepdims=True))
print(made_from(e / e.sum(axis=1, keepdims=True), x), made_from(h.T.reshape(-1)[::2], x), made_from(np.stack([h[0], h[1]]), x))
`), 'True True True');
  });

  it('stays connected over a scalar that a reduction gave', async () => {
    assert.equal(await printed(`
x = np.array([1.0, 2.0, 4.0])
y = np.array([1.0, 1.0, 1.0])
print(made_from(y / x.sum(), x), made_from(y * x.std(), x), made_from(y - x.max(), x))
`), 'True True True');
  });

  it('shares its storage with a tensor both ways', async () => {
    assert.equal(await printed(`
import torch
a = np.zeros((2, 2), dtype=np.float32)
t = torch.from_numpy(a)
a[0, 0] = 1
t[1] = 5
t.add_(1)
b = t.numpy()
b[0, 1] = -1
print(a.tolist(), t.tolist(), b.tolist() == a.tolist(), made_from(np.asarray(t), t))
`), '[[2.0, -1.0], [6.0, 6.0]] [[2.0, -1.0], [6.0, 6.0]] True True');
  });

  it('lets a tensor beside it answer', async () => {
    assert.equal(await printed(`
import torch
t, a = torch.tensor([1.0, 2.0], dtype=torch.float64), np.array([3.0, 4.0])
print((a + t).dtype, type(a * t).__name__, (t - a).tolist(), type(np.float64(2) * t).__name__)
`), 'torch.float64 Tensor [-2.0, -2.0] Tensor');
  });

  it('makes rows of the report of functions that act as layers, for arrays alone', async () => {
    assert.equal(await printed(`
x = np.ones((2, 3))
np.maximum(0, x)
x @ np.ones((3, 4))
np.dot(x, x.T)
np.tanh(x)
np.exp(x) + x * 2
np.maximum(0, -3)
np.tanh(0.5)
print([call.type for call in calls.records()])
`), "['maximum', 'matmul', 'matmul', 'tanh']");
  });

  it('records nothing while its elements are written one by one', async () => {
    assert.equal(await printed(`
y = np.zeros(500)
y[0] = 1
before = np.zeros(1).value.id
for i in range(1, 500):
    y[i] = y[i - 1] + 0.5
after = np.zeros(1).value.id
print(after - before, y.sum())
`), '1 62875.0');
  });

  it('says in one sentence what it does not have', async () => {
    assert.equal(await printed(`
def said(f):
    try:
        f()
    except door.UnsupportedError as error:
        print(error)
said(lambda: np.fft.fft([1, 2]))
said(lambda: np.array([1, 2], dtype=complex))
said(lambda: np.zeros(2, dtype=np.uint16))
said(lambda: np.random.dirichlet([1, 2]))
said(lambda: np.save("x.npy", np.zeros(2)))
print(hasattr(np, "fft"), hasattr(np, "zeros"))
`), [
      'numpy.fft is not supported yet',
      'complex numbers are not recorded',
      'numpy arrays of uint16 are not supported in computations',
      'numpy.random.dirichlet is not supported yet',
      'numpy.save does nothing here: no file is written',
      'False True',
    ].join('\n'));
  });

  it('begins each run with the default print options and a seeded generator', async () => {
    const draw = 'print(np.random.rand(2), np.array([1.23456]))\nnp.set_printoptions(precision=2)';
    assert.equal(await printed(draw), await printed(draw));
  });
});

describe('Files of the workspace', () => {
  const files: Readonly<Record<string, string>> = { 'data/points.csv': 'x,y\n1,2\n3,4.5\n', 'table.txt': '1 2\n3 4\n' };

  const read = (path: string) => (path in files ? new TextEncoder().encode(files[path]) : undefined);
  const workspace: Workspace = { read, size: (path) => read(path)?.length, list: () => undefined };

  async function runIn(text: string): Promise<PythonResult> {
    await runPython('');  // loads the interpreter
    const python = await interpreter();
    await freshRecorder(workspace);
    return python.call<object, PythonResult>('_lens.running.script.run', { text: begin + text, file: '/workspace/script.py', seed: 0 });
  }

  it('are read by loadtxt and genfromtxt', async () => {
    const { stdout, errors } = await runIn(`
print(np.loadtxt("data/points.csv", delimiter=",", skiprows=1), np.loadtxt("table.txt", dtype=int), np.genfromtxt("data/points.csv", delimiter=","))
`);
    assert.equal(errors, '');
    assert.equal(stdout, '[[1.  2. ]\n [3.  4.5]] [[1 2]\n [3 4]] [[nan nan]\n [1.  2. ]\n [3.  4.5]]\n');
  });

  it('that are not there are said to be missing', async () => {
    const { errors } = await runIn('np.load("nowhere.npy")');
    assert.match(errors, /FileNotFoundError: .*nowhere\.npy/);
  });
});
