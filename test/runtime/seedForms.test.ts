// Small pieces of code as people paste them, one for each way of writing an activation function: what each prints, which rows
// and figures it gives, and the textbook results that must come out exactly.
import { strict as assert } from 'node:assert';
import type { LayerReport, ModelReport } from '../../src/protocol/report.ts';
import type { InspectOptions, InspectResult } from '../../src/protocol/runtimeApi.ts';
import { assertClose } from './exampleExpectations.ts';
import { RuntimeUnderTest } from './runtimeUnderTest.ts';

let runtime: RuntimeUnderTest;
before(async () => {
  runtime = await RuntimeUnderTest.start();
});
after(() => runtime.connection.dispose());

/** Runs a piece of code that must leave no warning or error. */
async function run(text: string, options: Partial<InspectOptions> = {}): Promise<InspectResult> {
  const result = await runtime.inspect(text, options);
  assert.deepEqual(result.report.diagnostics.filter(({ severity }) => severity !== 'information'), []);
  return result;
}

async function modelOf(text: string, options: Partial<InspectOptions> = {}): Promise<ModelReport> {
  return (await run(text, options)).report.models[0]!;
}

const row = (model: ModelReport, path: string): LayerReport => model.layers.find((layer) => layer.path === path)!;
const summary = ({ layers }: ModelReport) => layers.map(({ path, type, outputShape, activationFunction }) => `${path || '.'} ${type} (${outputShape!.join(', ')})${activationFunction ? ` ${activationFunction}` : ''}`);

const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

describe('ReLU on given numbers', () => {
  const values = 'values = torch.tensor([-3.0, -1.0, 0.0, 2.0, 5.0])\n';
  /** Each gives 0 0 0 2 5. Multiplying by a mask makes −0 of what is below zero, as in PyTorch. */
  const forms: Readonly<Record<string, readonly [code: string, printed: string, rowType: string]>> = {
    'a module': ['out = nn.ReLU()(values)', 'tensor([0., 0., 0., 2., 5.])', 'ReLU'],
    'a function of torch': ['out = torch.relu(values)', 'tensor([0., 0., 0., 2., 5.])', 'relu'],
    'a function of torch.nn.functional': ['out = F.relu(values)', 'tensor([0., 0., 0., 2., 5.])', 'relu'],
    'a method': ['out = values.relu()', 'tensor([0., 0., 0., 2., 5.])', 'relu'],
    'a maximum': ['def positive(t):\n    return torch.maximum(torch.tensor(0.0), t)\nout = positive(values)', 'tensor([0., 0., 0., 2., 5.])', 'maximum'],
    'a mask': ['def positive(t):\n    return t * (t > 0)\nout = positive(values)', 'tensor([-0., -0., 0., 2., 5.])', 'relu'],
    'a bound': ['out = values.clamp(min=0)', 'tensor([0., 0., 0., 2., 5.])', 'relu'],
  };
  for (const [name, [code, printed, type]] of Object.entries(forms)) {
    it(`as ${name} gives 0, 0, 0, 2, 5 and one row that is 60 % zeros`, async () => {
      const { report, output } = await run(`${torch}${values}${code}\nprint(out)\n`);
      assert.equal(output, `${printed}\n`);
      const [only, ...others] = report.models[0]!.layers;
      assert.deepEqual(others, []);
      assert.deepEqual([only!.type, only!.activationFunction, only!.output!.zeroFraction, only!.output!.max], [type, 'relu', 0.6, 5]);
      assert.equal(only!.preActivation!.min, -3);
    });
  }

  it('has the sparsity that the code itself counts', async () => {
    const { report, output } = await run(`${torch}out = torch.tensor([-2.5, 3.0, -0.25, 1.5, -1.0])
act = torch.relu(out)
print(act)
share = (act == 0).sum().item() / act.numel()
print(f"Sparsity: {share:.1%}")
`);
    assert.equal(output, 'tensor([0.0000, 3.0000, 0.0000, 1.5000, 0.0000])\nSparsity: 60.0%\n');
    assert.equal(report.models[0]!.layers[0]!.output!.zeroFraction, 0.6);
  });
});

describe('slopes', () => {
  it('of ReLU are 1 above zero and 0 below, of the sigmoid at most 0.25', async () => {
    const { output } = await run(`${torch}def slope(function, at):
    x = torch.tensor([at], requires_grad=True)
    function(x).backward()
    return x.grad
print(slope(torch.relu, 5.0), slope(torch.relu, -5.0), slope(torch.relu, 0.0))
print(slope(torch.sigmoid, 0.0), slope(torch.sigmoid, 10.0))
print(slope(nn.LeakyReLU(0.01), -5.0), slope(nn.ELU(), -1.0))
`);
    assert.equal(output, 'tensor([1.]) tensor([0.]) tensor([0.])\ntensor([0.2500]) tensor([4.5417e-05])\ntensor([0.0100]) tensor([0.3679])\n');
  });

  it('multiply to nothing over ten sigmoids in a row, and to 1 over ten ReLUs', async () => {
    const { output } = await run(`${torch}for function in (torch.sigmoid, torch.relu):
    x = torch.tensor([3.0], requires_grad=True)
    y = x
    for _ in range(10):
        y = function(y)
    y.backward()
    print(x.grad.item() < 0.25 ** 10, x.grad.item())
`);
    const [sigmoid, relu] = output.trim().split('\n').map((line) => line.split(' '));
    assert.equal(sigmoid![0], 'True');
    assert.ok(Number(sigmoid![1]) > 0);
    assert.deepEqual(relu, ['False', '1.0']);
  });

  const deep = (activation: string, gain: string) => `${torch}torch.manual_seed(0)
net = nn.Sequential(*[layer for _ in range(10) for layer in (nn.Linear(24, 24), ${activation})], nn.Linear(24, 1))
${gain}out = net(torch.randn(128, 24))
`;
  it('that vanish over ten sigmoid layers are found, and are not found with ReLU', async () => {
    const sigmoid = await modelOf(deep('nn.Sigmoid()', ''));
    const finding = sigmoid.findings.find(({ rule }) => rule === 'vanishing-gradient');
    assert.ok(finding);
    assert.equal(finding.layer, '0');
    assert.ok(row(sigmoid, '0').gradient!.l2 < 1e-6 * row(sigmoid, '20').gradient!.l2);
    const relu = await modelOf(deep('nn.ReLU()', 'for layer in net:\n    if isinstance(layer, nn.Linear):\n        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")\n'));
    assert.deepEqual(relu.findings.filter(({ rule }) => rule === 'vanishing-gradient'), []);
    assert.ok(row(relu, '0').gradient!.l2 > 1e-3 * row(relu, '20').gradient!.l2);
  });
});

describe('a neuron that never fires', () => {
  const neuron = (samples: string) => `import torch
weights = torch.randn(10)
bias = torch.tensor(-100.0)
x = torch.randn(${samples})
linear = x @ weights + bias
fired = torch.relu(linear)
print(bool((linear < 0).all()), fired.sum())
`;
  for (const [title, samples, shape] of [['one sample', '10', []], ['a batch', '64, 10', [64]]] as const) {
    it(`is one inactive unit, its output all zeros (${title})`, async () => {
      const { report, output } = await run(neuron(samples));
      assert.equal(output, 'True tensor(0.)\n');
      const [linear, relu] = report.models[0]!.layers;
      assert.deepEqual([linear!.type, linear!.outputShape, linear!.parameterCount, linear!.activationFunction], ['matmul', shape, 11, 'relu']);
      assert.ok(linear!.output!.max < -60);
      assert.deepEqual([relu!.output!.zeroFraction, relu!.output!.maxAbs], [1, 0]);
      assert.deepEqual([relu!.units!.count, relu!.units!.inactive], [1, 1]);
      assert.deepEqual(linear!.parameters.map(({ name, gradient }) => [name, gradient!.maxAbs]), [['weights', 0], ['bias', 0]]);
    });
  }

  it('within a layer is named by a finding', async () => {
    const model = await modelOf(`${torch}layer = nn.Sequential(nn.Linear(10, 4), nn.ReLU(), nn.Linear(4, 2))
with torch.no_grad():
    layer[0].bias.fill_(-100.0)
layer(torch.randn(512, 10))
`);
    assert.deepEqual([row(model, '1').units!.inactive, row(model, '1').output!.zeroFraction], [4, 1]);
    assert.ok(model.findings.some(({ rule, layer }) => rule === 'dead-relu' && layer === '0'));
  });
});

describe('variants of ReLU', () => {
  it('give the textbook values at -1', async () => {
    const { output } = await run(`${torch}minus = torch.tensor(-1.0)
print(nn.ReLU()(minus))
print(nn.LeakyReLU(negative_slope=0.01)(minus))
print(nn.ELU()(minus))
print(nn.PReLU(num_parameters=1, init=0.25)(minus).item())
`);
    assert.equal(output, 'tensor(0.)\ntensor(-0.0100)\ntensor(-0.6321)\n-0.25\n');
  });

  it('are each shown with what they take and give', async () => {
    const model = await modelOf(`${torch}net = nn.Sequential(nn.Linear(6, 8), nn.LeakyReLU(0.3), nn.Linear(8, 8), nn.ELU(), nn.Linear(8, 8), nn.PReLU())\nnet(torch.randn(40, 6))\n`);
    assert.deepEqual(summary(model), [
      '0 Linear (40, 8) leaky_relu', '1 LeakyReLU (40, 8) leaky_relu', '2 Linear (40, 8) elu', '3 ELU (40, 8) elu', '4 Linear (40, 8) prelu', '5 PReLU (40, 8) prelu',
    ]);
    const leaky = row(model, '1');
    assertClose(leaky.output!.min, 0.3 * leaky.preActivation!.min, 1, 'smallest value');
    assert.ok(row(model, '3').output!.min > -1);
    assert.equal(leaky.output!.zeroFraction, 0);
  });

  it('of which PReLU has a slope that is a parameter and moves in training', async () => {
    const text = `${torch}net = nn.Sequential(nn.Linear(2, 8), nn.PReLU(num_parameters=1, init=0.25), nn.Linear(8, 2))\nnet(torch.randn(32, 2))\n`;
    const slope = row(await modelOf(text), '1').parameters[0]!;
    assert.deepEqual([slope.name, slope.shape, slope.value!.mean, slope.gradient!.maxAbs > 0], ['weight', [1], 0.25, true]);
    runtime.progress.length = 0;
    await runtime.connection.rpc.call('train', {
      runId: 1, source: { path: 'model.py', text }, overlays: [], root: null,
      options: { seed: 0, mode: 'train', timeLimitSeconds: 10, memoryLimitMiB: 1024 }, train: { steps: 60, every: 20, learningRate: 0.05, optimizer: 'adam' },
    });
    const slopes = runtime.progress.flatMap(({ model }) => (model ? [row(model, '1').parameters[0]!.value!.mean] : []));
    assert.ok(slopes.length >= 3);
    assert.ok(Math.abs(slopes.at(-1)! - 0.25) > 0.02, `the slope stayed at ${slopes.at(-1)}`);
    assert.equal(new Set(slopes).size, slopes.length);
  });
});

describe('models of PyTorch', () => {
  const network = (forward: string, members = '') => `${torch}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(784, 32)
        self.b = nn.Linear(32, 10)
${members}
    def forward(self, x):
${forward}
net = Net()
print(net(torch.randn(32, 784)).shape)
`;
  const forms: Readonly<Record<string, readonly [text: string, rowName: string]>> = {
    'torch.relu': [network('        return self.b(torch.relu(self.a(x)))'), 'relu() relu'],
    'F.relu': [network('        return self.b(F.relu(self.a(x)))'), 'relu() relu'],
    'from torch.nn.functional import relu': [`from torch.nn.functional import relu\n${network('        x = relu(self.a(x))\n        return self.b(x)')}`, 'relu() relu'],
    'an nn.ReLU member': [network('        return self.b(self.act(self.a(x)))', '        self.act = nn.ReLU()'), 'act ReLU'],
    'torch.maximum': [network('        return self.b(torch.maximum(torch.tensor(0.0), self.a(x)))'), 'maximum() maximum'],
    'a mask': [network('        z = self.a(x)\n        return self.b(z * (z > 0))'), 'relu() relu'],
  };
  for (const [name, [text, relu]] of Object.entries(forms)) {
    it(`with ${name} have a row for it, and the layer before shows both sides`, async () => {
      const { report, output } = await run(text);
      assert.equal(output, 'torch.Size([32, 10])\n');
      const model = report.models[0]!;
      assert.deepEqual(summary(model), ['a Linear (32, 32) relu', `${relu} (32, 32) relu`, 'b Linear (32, 10)']);
      assert.deepEqual([model.parameterCount, model.output!.shape], [25450, [32, 10]]);
      const { preActivation, activation, activationLayer } = row(model, 'a');
      assert.ok(preActivation!.min < 0 && activation!.min === 0 && activation!.max === preActivation!.max);
      assert.equal(activationLayer, 1);
    });
  }

  it('made of a layer and a function called by hand are one model with two rows', async () => {
    const { report, output } = await run(`${torch}dense = nn.Linear(10, 5)\nfunction = nn.ReLU()\ndata = torch.randn(1, 10)\nz = dense(data)\na = function(z)\nprint("z:", z.shape)\nprint("a:", (a >= 0).all())\n`);
    assert.equal(output, 'z: torch.Size([1, 5])\na: tensor(True)\n');
    assert.deepEqual(summary(report.models[0]!), ['dense Linear (1, 5) relu', 'function ReLU (1, 5) relu']);
  });

  it('flattened with view keep their sizes, whatever was assumed for the image', async () => {
    const model = await modelOf(`${torch}
class Digits(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(in_channels=1, out_channels=64, kernel_size=3, padding=1)
        self.pool = nn.MaxPool2d(4)
        self.head = nn.Linear(64 * 7 * 7, 10)
    def forward(self, x):
        x = self.pool(torch.relu(self.conv(x)))
        x = x.view(-1, 64 * 7 * 7)
        return self.head(x)
`);
    assert.deepEqual(summary(model), ['conv Conv2d (32, 64, 28, 28) relu', 'relu() relu (32, 64, 28, 28) relu', 'pool MaxPool2d (32, 64, 7, 7)', 'head Linear (32, 10)']);
    assert.deepEqual([model.inputs[0]!.origin, model.inputs[0]!.shape], ['inferred', [32, 1, 28, 28]]);
  });

  it('take their data from a loader, whose own calls are no rows', async () => {
    const model = await modelOf(`${torch}from torch.utils.data import DataLoader, Dataset
class Points(Dataset):
    def __len__(self):
        return 24
    def __getitem__(self, index):
        return torch.relu(torch.full((5,), float(index))), index % 3
net = nn.Linear(5, 3)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for points, labels in DataLoader(Points(), batch_size=8):
    loss = nn.CrossEntropyLoss()(net(points), labels)
    loss.backward()
    optimizer.step()
`);
    assert.deepEqual(summary(model), ['. Linear (8, 3)']);
    assert.deepEqual([model.inputs.map(({ shape }) => shape), model.loss!.kind], [[[8, 5]], 'own']);
  });

  it('may be a chain of calls at module level without any class', async () => {
    const model = await modelOf(`${torch}x = torch.randn(6, 10)\nfirst = F.relu(nn.Linear(10, 4)(x))\nsecond = torch.relu(x)\n`);
    assert.ok(summary(model).includes('relu() relu (6, 4) relu'));
    assert.ok(model.layers.some(({ type, parameterCount }) => type === 'Linear' && parameterCount === 44));
  });
});

describe('models of Keras', () => {
  const sequential = (...layers: string[]) => `import tensorflow as tf\nfrom tensorflow import keras\nnet = keras.Sequential([\n    ${layers.join(',\n    ')},\n])\nnet.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])\n`;
  const first = 'keras.layers.Dense(64, input_shape=(784,))';
  const last = 'keras.layers.Dense(10, activation="softmax")';
  const forms: Readonly<Record<string, readonly [text: string, rows: readonly string[]]>> = {
    'activation="relu"': [sequential('tf.keras.layers.Dense(64, activation="relu", input_shape=(784,))', last), ['dense Dense (32, 64) relu', 'dense_1 Dense (32, 10) softmax']],
    'a LeakyReLU object as activation': [sequential('keras.layers.Dense(64, activation=keras.layers.LeakyReLU(alpha=0.1), input_shape=(784,))', last), ['dense Dense (32, 64) leaky_relu', 'dense_1 Dense (32, 10) softmax']],
    'a ReLU layer': [sequential(first, 'keras.layers.ReLU()', last), ['dense Dense (32, 64) relu', 're_lu ReLU (32, 64) relu', 'dense_1 Dense (32, 10) softmax']],
    'an Activation layer': [sequential(first, 'keras.layers.Activation("relu")', last), ['dense Dense (32, 64) relu', 'activation Activation (32, 64) relu', 'dense_1 Dense (32, 10) softmax']],
    'tf.nn.relu as activation': [sequential('keras.layers.Dense(64, activation=tf.nn.relu, input_shape=(784,))', last), ['dense Dense (32, 64) relu', 'dense_1 Dense (32, 10) softmax']],
  };
  for (const [name, [text, rows]] of Object.entries(forms)) {
    it(`with ${name} show both sides of the layer`, async () => {
      const model = await modelOf(text);
      assert.deepEqual(summary(model), rows);
      assert.deepEqual([model.parameterCount, model.output!.shape, model.inputs[0]!.origin], [50890, [32, 10], 'declared']);
      assert.ok(model.layers[0]!.preActivation!.min < 0);
      assertClose(model.output!.mean!, 0.1, 1, 'mean of a softmax over ten classes');
    });
  }

  it('with a layer class of one\'s own show the function in it', async () => {
    const model = await modelOf(`import tensorflow as tf
from tensorflow import keras

class Positive(keras.layers.Layer):
    def __init__(self):
        super(Positive, self).__init__()
    def call(self, x):
        return tf.math.maximum(0.0, x)

net = keras.Sequential([keras.layers.Dense(64, input_shape=(784,)), Positive(), keras.layers.Dense(10, activation="softmax")])
`);
    assert.deepEqual(summary(model).filter((line) => !line.includes('()')), ['dense Dense (32, 64) relu', 'positive Positive (32, 64) relu', 'dense_1 Dense (32, 10) softmax']);
    assert.equal(row(model, 'positive').output!.min, 0);
  });

  it('may be layers bound to names: each is offered, with the input it declares', async () => {
    const text = `from tensorflow.keras import layers
a = layers.Dense(64, activation='relu')
b = layers.Conv2D(32, (2, 2), activation='relu', input_shape=(28, 28, 1))
c = layers.SimpleRNN(64, activation='relu', input_shape=(10, 50))
d = layers.LSTM(64, activation='relu', input_shape=(10, 50))
`;
    const { report, listing } = await run(text, { model: '*' });
    assert.deepEqual(new Set(listing.map(({ name }) => name)), new Set(['a', 'b', 'c', 'd']));
    const found = Object.fromEntries(report.models.map((model) => [model.name, [model.layers[0]!.type, model.output!.shape, model.parameterCount]]));
    assert.deepEqual(found['b'], ['Conv2D', [32, 27, 27, 32], 160]);
    assert.deepEqual(found['c'], ['SimpleRNN', [32, 64], 7360]);
    assert.deepEqual(found['d'], ['LSTM', [32, 64], 29440]);
    assert.equal(found['a']![0], 'Dense');
    assert.equal((found['a']![1] as readonly number[]).at(-1), 64);
  });

  it('may be one layer that is called on made-up images', async () => {
    const { report, output } = await run(`import tensorflow as tf
conv = tf.keras.layers.Conv2D(32, (3, 3), activation='relu', input_shape=(28, 28, 1))
print("Shape:", conv(tf.random.normal((1, 28, 28, 1))).shape)
`);
    assert.equal(output, 'Shape: (1, 26, 26, 32)\n');
    const [layer] = report.models[0]!.layers;
    assert.deepEqual([layer!.outputShape, layer!.parameterCount, layer!.activationFunction, layer!.units!.count], [[1, 26, 26, 32], 320, 'relu', 32]);
  });
});

describe('TensorFlow by hand', () => {
  for (const [name, relu] of [['tf.maximum', 'tf.maximum(0.0, values)'], ['tf.nn.relu', 'tf.nn.relu(values)'], ['tf.math.maximum', 'tf.math.maximum(0.0, values)']]) {
    it(`is a layer with its matrix and bias as parameters, and ${name} is its activation`, async () => {
      const { report, output } = await run(`import numpy as np
import tensorflow as tf

def linear(x, W, b):
    return tf.matmul(x, W) + b

def relu(values):
    return ${relu}

x = tf.constant(np.random.randn(1, 784), dtype=tf.float32)
W = tf.Variable(tf.random.normal([784, 64]))
b = tf.Variable(tf.zeros([64]))
z = linear(x, W, b)
a = relu(z)
print(z.shape, a.shape)
`);
      assert.equal(output, '(1, 64) (1, 64)\n');
      const [matmul, function_] = report.models[0]!.layers;
      assert.deepEqual([matmul!.type, matmul!.outputShape, matmul!.parameterCount, matmul!.activationFunction], ['matmul', [1, 64], 50240, 'relu']);
      assert.deepEqual(matmul!.parameters.map(({ name, shape }) => [name, shape]), [['W', [784, 64]], ['b', [64]]]);
      assert.ok(matmul!.output!.min < 0 && function_!.output!.min === 0 && function_!.activationFunction === 'relu');
    });
  }

  it('prints tensors that were made from arrays as TensorFlow does', async () => {
    const { output } = await run(`import numpy as np
from tensorflow.nn import relu
from tensorflow import convert_to_tensor
table = np.array([[-1.5, 2.0], [3.25, -4.0]])
print("row:", relu(convert_to_tensor(table[0])))
print("table:\\n", relu(convert_to_tensor(table)))
`);
    assert.equal(output, 'row: tf.Tensor([0. 2.], shape=(2,), dtype=float64)\ntable:\n tf.Tensor(\n[[0.   2.  ]\n [3.25 0.  ]], shape=(2, 2), dtype=float64)\n');
  });
});

describe('plain functions of numbers', () => {
  const functions = `import numpy as np
def rectified(v):
    if v <= 0:
        return 0.
    return v
def leaky(v, slope=0.01):
    return slope * v if v <= 0 else v
def elu(v, alpha=1):
    return alpha * (np.exp(v) - 1) if v <= 0 else v
`;
  it('print what Python prints', async () => {
    const { output } = await run(`${functions}print("of 7.2:", rectified(7.2))\nprint("of -5.5:", rectified(-5.5))\n`);
    assert.equal(output, 'of 7.2: 7.2\nof -5.5: 0.0\n');
  });

  it('vectorized take lists and arrays, and print as NumPy prints', async () => {
    const { report, output } = await run(`${functions}relu = np.vectorize(rectified)
flat = [0, 4.1, -1, 6.5, -2.8]
print("list:", flat)
print("out:", relu(flat))
print("nested:\\n", relu([[0, 4.1], [-1, 6.5]]))
print("array:", np.array(flat))
print("leaky:", np.vectorize(leaky)(np.array(flat)))
print("elu:", np.vectorize(elu)(np.array([-1.0, 2.0])))
`);
    assert.equal(output, `list: [0, 4.1, -1, 6.5, -2.8]
out: [0.  4.1 0.  6.5 0. ]
nested:
 [[0.  4.1]
 [0.  6.5]]
array: [ 0.   4.1 -1.   6.5 -2.8]
leaky: [ 0.     4.1   -0.01   6.5   -0.028]
elu: [-0.63212056  2.        ]
`);
    assert.ok(report.models[0]!.layers.some(({ type, output: stats }) => type === 'rectified' && stats!.zeroFraction === 0.6));
  });

  it('and the arrays made of them go into PyTorch', async () => {
    const { output } = await run(`import numpy as np
from torch import nn, from_numpy
row = np.array([0, 4.1, -7.3, 8])
print(from_numpy(row))
print(nn.ReLU()(from_numpy(row.reshape(2, 2))))
`);
    assert.equal(output, 'tensor([ 0.0000,  4.1000, -7.3000,  8.0000], dtype=torch.float64)\ntensor([[0.0000, 4.1000],\n        [0.0000, 8.0000]], dtype=torch.float64)\n');
  });
});

describe('pieces that are not whole programs', () => {
  it('a method without its class is run, and what was assumed is said', async () => {
    const model = await modelOf('def forward(self, x):\n    x = torch.relu(self.fc1(x))\n    return self.fc2(x)\n');
    assert.equal(model.name, 'forward');
    assert.deepEqual(summary(model).map((line) => line.split(' (')[0]), ['fc1 Linear', 'relu() relu', 'fc2 Linear']);
    assert.ok(model.assumptions.some((sentence) => sentence.includes('self.fc1')));
  });

  it('a method whose members could be anything is said to be one', async () => {
    const { report } = await runtime.inspect('def forward(self, x):\n    return self.wobble(x)\n');
    assert.deepEqual(report.diagnostics.map(({ message, range }) => [message, range!.line]), [['`forward` is a method without its class, and what it calls on `self` is not known', 1]]);
  });

  it('a name that is never defined is assumed where it means data, and said', async () => {
    const { report } = await run('import torch\nimport torch.nn as nn\nlayer = nn.ReLU()\nout = layer(x)\nout = torch.relu(x)\nout = torch.maximum(torch.tensor(0.0), x)\n');
    assert.deepEqual(report.models[0]!.layers.map(({ type, activationFunction }) => [type, activationFunction]), [['ReLU', 'relu'], ['relu', 'relu'], ['maximum', 'relu']]);
    assert.deepEqual(report.diagnostics.map(({ kind, range }) => [kind, range!.line]), [['skipped', 4]]);
  });

  it('a name that means nothing known is an error on its line, and the rest is shown', async () => {
    const { report } = await runtime.inspect('import torch.nn as nn\nlayer = nn.Linear(4, 2)\nprint(wobble)\n');
    assert.deepEqual(report.diagnostics.map(({ kind, message, range }) => [kind, message, range!.line]), [['python', "NameError: name 'wobble' is not defined", 3]]);
    assert.equal(report.models[0]!.layers[0]!.outputShape!.at(-1), 2);
  });

  it('a class that is defined three times is shown as defined last', async () => {
    const version = (members: string, forward: string) => `class ReluModel(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.layer = nn.Linear(100, 50)\n${members}    def forward(self, x):\n        return ${forward}\n`;
    const { report, listing } = await run(torch + version('', 'F.relu(self.layer(x))') + version('        self.relu = nn.ReLU()\n', 'self.relu(self.layer(x))')
      + version('        self.last = nn.Linear(50, 10)\n', 'self.last(F.relu(self.layer(x)))'));
    assert.deepEqual(listing.map(({ name }) => name), ['ReluModel']);
    assert.deepEqual(summary(report.models[0]!), ['layer Linear (32, 50) relu', 'relu() relu (32, 50) relu', 'last Linear (32, 10)']);
  });

  it('one activation alone is a model of one row', async () => {
    const model = await modelOf('from torch import nn\nrelu = nn.ReLU()\n');
    assert.equal(model.layers.length, 1);
    assert.deepEqual([model.layers[0]!.type, model.layers[0]!.output!.min, model.parameterCount], ['ReLU', 0, 0]);
  });

  it('code that lost its indentation is a syntax error on the line that needs it', async () => {
    const { report } = await runtime.inspect('def relu_function(x):\nif x<=0:\nreturn 0.\nreturn x\n');
    assert.deepEqual(report.diagnostics.map(({ kind, range }) => [kind, range!.line]), [['syntax', 2]]);
    assert.deepEqual(report.models, []);
  });

  it('comments alone have no model, and that is said', async () => {
    const { report } = await runtime.inspect('# model = Sequential([\n#   ReLU(),\n# ])\n');
    assert.deepEqual([report.models.length, report.diagnostics.length], [0, 1]);
    assert.match(report.diagnostics[0]!.message, /^no model was found/);
  });
});
