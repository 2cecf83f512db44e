import { strict as assert } from 'node:assert';
import { nodeOf } from '../../../src/graph/graph.ts';
import { RanFile } from './runFile.ts';

const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';
const net = `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(4, 8)
        self.norm = nn.BatchNorm1d(8)
        self.drop = nn.Dropout(0.5)
        self.fc2 = nn.Linear(8, 3)
    def forward(self, x):
        return self.fc2(self.drop(F.relu(self.norm(self.fc1(x)))))
`;
const training = `model = Net()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.25, momentum=0.9)
x, y = torch.randn(6, 4), torch.tensor([0, 1, 2, 0, 1, 2])
for epoch in range(100):
    for _ in range(10):
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
    print("epoch", epoch)
print("after", loss.shape)
`;

describe('the trace of a model', () => {
  it('knows the exact columns of each call, nested ones too', async () => {
    const traced = (await RanFile.of(`${torch}${net}out = Net()(torch.ones(2, 4))\n`)).trace();
    assert.deepEqual(traced.callSites, ['13:6-29', '12:51-62', '12:41-63', '12:34-64', '12:24-65', '12:15-66']);
  });

  it('does without an annotation that names what is not there, as Python does', async () => {
    const text = `${torch}class Net(nn.Module):
    def __init__(self, width: Width, *sizes: Sizes):
        super().__init__()
        self.fc = nn.Linear(4, 3)
    def forward(self, x: Tensor, *rest: Tensor) -> Tensor:
        return self.fc(x)
def twice(x: Tensor):
    return 2 * x
`;
    const ran = await RanFile.of(text);
    const traced = ran.trace();
    assert.deepEqual([ran.diagnostics, traced.diagnostics, traced.rows, traced.inputs], [[], [], ['. Net → (32, 3)', '  fc Linear → (32, 3)'], 'x (32, 4) inferred']);
    assert.deepEqual(ran.trace('twice').diagnostics, []);
  });

  it('enters a training loop, leaves it after the first step and says so', async () => {
    const ran = await RanFile.of(torch + net + training);
    assert.deepEqual(ran.diagnostics, ['skipped 17:0-23 training is not run: the loop was left after its first step']);
    assert.equal(ran.run.output, 'after torch.Size([])\n');
    assert.deepEqual(ran.trace().model.trace!.training, {
      named: ['cross_entropy'], loss: 'cross-entropy', spokenOf: 'classes', fromProbabilities: false, optimizer: 'sgd', settings: { learningRate: 0.25, momentum: 0.9, weightDecay: 0, nesterov: false }, notes: [], batchSize: null,
    });
  });

  it('has the parameters as they were when the model was called, not as training left them', async () => {
    const trained = (await RanFile.of(torch + net + training)).trace();
    const fresh = (await RanFile.of(`${torch}${net}model = Net()\nmodel(torch.randn(6, 4))\n`)).trace();
    const weights = (traced: typeof fresh) => traced.model.trace!.parameters.map(({ value }) => traced.numbers(value));
    assert.equal(trained.parameters, 'fc1.weight (8, 4), fc1.bias (8), norm.weight (8), norm.bias (8), fc2.weight (3, 8), fc2.bias (3)');
    assert.deepEqual(weights(trained), weights(fresh));
  });

  it('has the running statistics before and after the call', async () => {
    const traced = (await RanFile.of(`${torch}${net}model = Net()\nmodel(torch.randn(6, 4))\nmodel(torch.randn(6, 4))\n`)).trace();
    const mean = traced.model.trace!.buffers.find(({ path, name }) => path === 'norm' && name === 'running_mean')!;
    assert.deepEqual(traced.numbers(mean.before), Array(8).fill(0));
    assert.ok(traced.numbers(mean.after).every((value) => value !== 0));
    const twice = (await RanFile.of(`${torch}${net}model = Net()\nmodel(torch.randn(6, 4))\n`)).trace();
    assert.deepEqual(traced.numbers(mean.after), twice.numbers(twice.model.trace!.buffers.find(({ name }) => name === 'running_mean')!.after));
  });

  it('draws what PyTorch draws: seed N before the file, N + 1 before the inputs', async () => {
    const traced = (await RanFile.of(torch + net, { inputs: ['2x4'] })).trace();
    const [input] = traced.model.trace!.inputs;
    const expected = [0.6614, 0.2669, 0.0617, 0.6213]; // torch.manual_seed(1); torch.randn(2, 4)[0]
    traced.numbers(input!.value).slice(0, 4).forEach((value, index) => assert.ok(Math.abs(value - expected[index]!) < 1e-4, String(value)));
  });

  it('gives the same weights whether the file makes the model or the trace does', async () => {
    const made = (await RanFile.of(`${torch}${net}model = Net()\n`)).trace();
    const assumed = (await RanFile.of(torch + net)).trace();
    assert.deepEqual(made.numbers(made.model.trace!.parameters[0]!.value), assumed.numbers(assumed.model.trace!.parameters[0]!.value));
  });

  it('calls the model again in the mode asked for, on the same values and from the same state', async () => {
    const text = `${torch}${net}model = Net()\nx = torch.randn(6, 4)\nout = model(x)\n`;
    const asCalled = (await RanFile.of(text)).trace();
    const evaluated = (await RanFile.of(text, { mode: 'eval' })).trace();
    const values = ({ model: { trace } }: typeof asCalled) => trace!.inputs[0]!.value;
    assert.deepEqual(asCalled.numbers(values(asCalled)), evaluated.numbers(values(evaluated)));
    const { buffers } = evaluated.model.trace!;
    const mean = buffers.find(({ name }) => name === 'running_mean')!;
    assert.deepEqual(evaluated.numbers(mean.before), Array(8).fill(0));
    assert.deepEqual(evaluated.numbers(mean.after), Array(8).fill(0));
  });

  it('calls a model again that the file calls without gradients', async () => {
    const text = `${torch}model = nn.Sequential(nn.Linear(4, 2))\nwith torch.no_grad():\n    out = model(torch.ones(3, 4))\n`;
    const ran = await RanFile.of(text);
    const traced = ran.trace();
    assert.equal(nodeOf(ran.run.recorder.graph, traced.model.trace!.outputs[0]!).op, 'linear');
    assert.equal(traced.inputs, 'input (3, 4) file');
  });

  it('says whether the values decide what is computed', async () => {
    const text = (condition: string) => `${torch}class Net(nn.Module):\n    def forward(self, x):\n        if ${condition}:\n            x = x * 2\n        return torch.relu(x)\nNet()(torch.ones(2, 3))\n`;
    assert.equal((await RanFile.of(text('x.sum() > 0'))).trace().model.trace!.dataDependent, true);
    assert.equal((await RanFile.of(text('x.shape[0] > 1'))).trace().model.trace!.dataDependent, false);
  });

  it('lists a layer that is called twice twice, and names one that is made on the way by its class', async () => {
    const traced = (await RanFile.of(`${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(3, 3)\n    def forward(self, x):\n        return nn.Tanh()(self.fc(self.fc(x)))\nNet()(torch.ones(1, 3))\n`)).trace();
    assert.deepEqual(traced.rows, ['. Net → (1, 3)', '  fc Linear → (1, 3)', '  fc Linear → (1, 3)', '  Tanh Tanh → (1, 3)']);
    const [, first, second, last] = traced.model.trace!.calls;
    assert.equal(first!.module, second!.module);
    assert.notEqual(first!.module, last!.module);
  });

  it('stops a forward that does not end, and keeps what ran before', async () => {
    const ran = await RanFile.of(`${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(3, 3)\n    def forward(self, x):\n        x = self.fc(x)\n        while True:\n            pass\n`, { timeLimitSeconds: 0.5 });
    const traced = ran.trace();
    assert.match(traced.diagnostics.join(), /^limit 1[01]:\d+-\d+ stopped: `Net` did not come to an end within the time limit$/);
    assert.deepEqual(traced.rows, ['. Net ✗ stopped at the time limit', '  fc Linear → (32, 3)']);
  });
});
