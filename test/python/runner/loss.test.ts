import { strict as assert } from 'node:assert';
import { nodeOf } from '../../../src/graph/graph.ts';
import { chooseLoss } from '../../../src/analysis/lossChoice.ts';
import { RanFile } from './runFile.ts';

const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';
const vae = `${torch}class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.mu, self.logvar, self.out = nn.Linear(6, 2), nn.Linear(6, 2), nn.Linear(2, 6)
    def forward(self, x):
        mu, logvar = self.mu(x), self.logvar(x)
        return torch.sigmoid(self.out(mu + torch.exp(logvar / 2))), mu, logvar
def loss_function(recon_x, x, mu, logvar):
    return F.binary_cross_entropy(recon_x, x, reduction='sum') - 0.5 * torch.sum(1 + logvar - mu ** 2 - logvar.exp())
`;
const net = `${torch}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)
    def forward(self, x):
        return self.fc(x)
model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
x, y = torch.randn(5, 4), torch.tensor([0, 1, 2, 0, 1])
`;

/** The loss of the file's main model: its kind, its name or the op that gives it, and where it is taken. */
async function lossOf(text: string, model: string | null = null): Promise<string> {
  const ran = await RanFile.of(text);
  const { trace } = ran.trace(model).model;
  assert.deepEqual(ran.diagnostics.filter((line) => !line.includes('training is not run')), []);
  const choice = chooseLoss(ran.run.recorder.graph, trace!)!;
  const { own } = choice;
  return own ? `${choice.kind}: ${own.name ?? nodeOf(ran.run.recorder.graph, own.value).op}, line ${ran.run.sites(own.site)!.line}` : choice.kind;
}

describe('the loss of a file', () => {
  it('is the output of a module that gives one number', async () => {
    const traced = (await RanFile.of('import torch.nn as nn\nclass PairLoss(nn.Module):\n    def forward(self, output, target):\n        return (output - target).abs().mean()\n')).trace();
    assert.equal(traced.model.trace!.ownLoss!.value, traced.model.trace!.outputs[0]);
  });

  it('is the one number that a loss function made beside the other outputs, of the targets that the model was given', async () => {
    const text = `${torch}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)
    def forward(self, x, targets=None):
        logits = self.fc(x)
        return logits, None if targets is None else F.cross_entropy(logits, targets)
model = Net()
with torch.no_grad():
    model(torch.ones(5, 4), torch.tensor([0, 1, 2, 0, 1]))
`;
    assert.match(await lossOf(text), /^(own|cross-entropy): cross_entropy, line 10$/);
    assert.equal((await RanFile.of(text)).trace().model.trace!.ownLoss!.targets, 'file');
  });

  it('is what its training loop takes gradients of, where that is a sum of terms', async () => {
    const loop = `model = VAE()
optimizer = torch.optim.Adam(model.parameters())
for x in [torch.rand(3, 6)]:
    recon, mu, logvar = model(x)
    loss = loss_function(recon, x, mu, logvar)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;
    assert.equal(await lossOf(vae + loop), 'own: sub, line 19');
  });

  it('is what its loss function makes of the outputs, where nothing is trained', async () => {
    assert.equal(await lossOf(vae), 'own: sub, line 11');
  });

  it('is what a method of the model makes of them', async () => {
    const text = vae.replace('def loss_function(recon_x, x, mu, logvar):\n    return', '    def loss_function(self, *args, **kwargs):\n        recon_x, mu, logvar = args; x = torch.ones(32, 6)\n        return kwargs["M_N"] * 1 +');
    assert.match(await lossOf(text), /^own: /);
  });

  it('has the name of a loss function of the framework, and the number of its classes', async () => {
    const taken = (loss: string) => `${net}for _ in range(3):\n    ${loss}.backward()\n    optimizer.step()\n`;
    assert.equal(await lossOf(taken('F.cross_entropy(model(x), y)')), 'own: cross_entropy, line 14');
    assert.equal(await lossOf(taken('nn.CrossEntropyLoss(label_smoothing=0.1)(model(x), y)')), 'own: cross_entropy, line 14');
    assert.equal(await lossOf(taken('nn.SmoothL1Loss()(model(x).gather(1, y[:, None]), torch.ones(5, 1))')), 'own: smooth_l1_loss, line 14');
    const { model } = (await RanFile.of(taken('F.cross_entropy(model(x), y)'))).trace();
    assert.deepEqual([model.trace!.ownLoss!.classes, model.trace!.ownLoss!.targets], [3, 'file']);
  });

  it('is its own where it is a known one with a penalty', async () => {
    const penalty = 'sum(p.pow(2).sum() for p in model.parameters())';
    assert.equal(await lossOf(`${net}for _ in range(3):\n    loss = F.cross_entropy(model(x), y) + 0.1 * ${penalty}\n    loss.backward()\n    optimizer.step()\n`), 'own: add, line 15');
  });

  it('is its own where it is written by hand', async () => {
    assert.equal(await lossOf(`${net}for _ in range(3):\n    loss = (model(x) - 1).abs().mean()\n    loss.backward()\n    optimizer.step()\n`), 'own: mean, line 15');
  });

  it('of a generator is what the discriminator makes of its output, of whichever is trained first', async () => {
    const gan = `${torch}G = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 4))
D = nn.Sequential(nn.Linear(4, 1), nn.Sigmoid())
opt_d, opt_g = torch.optim.Adam(D.parameters()), torch.optim.Adam(G.parameters())
bce = nn.BCELoss()
for _ in range(10):
    fake = G(torch.randn(3, 2))
    d_loss = bce(D(torch.ones(3, 4)), torch.ones(3, 1)) + bce(D(fake.detach()), torch.zeros(3, 1))
    d_loss.backward()
    opt_d.step()
    g_loss = bce(D(fake), torch.ones(3, 1))
    g_loss.backward()
    opt_g.step()
`;
    assert.equal(await lossOf(gan, 'G'), 'own: binary_cross_entropy, line 14');
    assert.equal(await lossOf(gan, 'D'), 'own: add, line 11');
  });

  it('is that of a later call, where the file takes none of the first', async () => {
    const gan = `${torch}G, D = nn.Sequential(nn.Linear(2, 4), nn.Tanh()), nn.Sequential(nn.Linear(4, 1), nn.Sigmoid())
opt_d, opt_g = torch.optim.Adam(D.parameters()), torch.optim.Adam(G.parameters())
for _ in range(10):
    d_loss = F.binary_cross_entropy(D(G(torch.randn(3, 2))), torch.zeros(3, 1))
    d_loss.backward()
    opt_d.step()
    g_loss = F.binary_cross_entropy(D(G(torch.randn(5, 2))), torch.ones(5, 1))
    g_loss.backward()
    opt_g.step()
`;
    assert.equal(await lossOf(gan, 'G'), 'own: binary_cross_entropy, line 11');
    assert.equal((await RanFile.of(gan)).trace('G').inputs, 'input (5, 2) file');
  });

  it('is that of the call in the training step, where the file plays without gradients before it', async () => {
    const text = `${net}for _ in range(10):
    for _ in range(40):
        with torch.no_grad():
            model(torch.randn(1, 4))
    loss = -torch.distributions.Categorical(logits=model(x)).log_prob(y).mean()
    loss.backward()
    optimizer.step()
`;
    assert.equal(await lossOf(text), 'own: neg, line 18');
    assert.equal((await RanFile.of(text)).trace().inputs, 'x (5, 4) file');
  });

  it('is that of a step which a condition holds back for longer than the file is run', async () => {
    const agent = (condition: string, step: string) => `${net}def learn(x, y):
    loss = F.mse_loss(model(x)[:, 0], y.float())
    loss.backward()
    optimizer.step()
for step in range(100_000):
    if torch.rand(()) > 0.5:
        action = model(x[:1]).argmax()
    if ${condition}:
        ${step}
`;
    assert.equal(await lossOf(agent('step > 10_000', 'learn(x, y)')), 'own: mse_loss, line 15');
    assert.equal(await lossOf(agent('step > 10_000', 'F.mse_loss(model(x), torch.ones(5, 3)).backward(); optimizer.step()')), 'own: mse_loss, line 21');
    const failing = await RanFile.of(agent('step > 10_000', 'learn(torch.ones(5, 7), y)'));
    assert.match(failing.diagnostics.join('\n'), /skipped .* training is not run: its first step was tried after 64 turns, before the file would take it, and failed: mat1 and mat2/);
    assert.equal(failing.diagnostics.length, 1);
  });

  it('is not that of a step which a condition does not hold back, though what it calls has the name of one that does', async () => {
    const agent = (called: string) => `${net}class Agent:
    def update(self):
        F.mse_loss(model(x)[:, 0], y.float()).backward()
        optimizer.step()
class Stats:
    calls = 0
    def update(self):
        Stats.calls += 1
agent, stats = Agent(), Stats()
for step in range(300):
    if torch.rand(()) > 0.5:
        action = model(x[:1]).argmax()
    if step > 10_000:
        ${called}.update()
print("calls", Stats.calls)
`;
    assert.equal(await lossOf(agent('agent')), 'own: mse_loss, line 15');
    assert.match((await RanFile.of(agent('stats'))).run.output, /calls 0/);
  });

  it('of a step whose data are of a package that is not here is none, and the model is called on what its layers take', async () => {
    const traced = (await RanFile.of(`${net}from stable_baselines3.common.buffers import ReplayBuffer
rb = ReplayBuffer(100)
for step in range(100_000):
    rb.add(torch.randn(4))
    if step > 10_000:
        data = rb.sample(8)
        loss = F.mse_loss(model(data.observations), torch.ones(5, 3))
        loss.backward()
        optimizer.step()
`)).trace();
    assert.deepEqual([traced.inputs, traced.diagnostics, traced.model.trace!.ownLoss], ['x (32, 4) inferred', [], undefined]);
    assert.equal(traced.model.trace!.assumptions[0], "the file's own call has no data: `stable_baselines3` is not here");
  });

  it('is found once a function takes gradients, though the loop that calls it stays as it was', async () => {
    const agent = (step: string) => `${net}def learn():
    loss = F.mse_loss(model(x), torch.ones(5, 3))
    ${step}
for step in range(300):
    if step > 10_000:
        learn()
`;
    await RanFile.of(agent('loss.mean()'));
    assert.equal(await lossOf(agent('loss.backward(); optimizer.step()')), 'own: mse_loss, line 15');
  });

  it('is what a loss function makes of an output and of a target that is drawn, as its text has it', async () => {
    const file = (loss: string) => `${net.split('model = ')[0]}${loss}`;
    assert.equal(await lossOf(file('def focal_loss(logits, target):\n    p = torch.sigmoid(logits)\n    return -((1 - p) ** 2 * target * p.log()).mean()\n')), 'own: neg, line 10');
    assert.equal(await lossOf(file('def my_loss(y_true, scores):\n    return -scores.log_softmax(1).gather(1, y_true.long()[:, None]).mean()\n')), 'own: neg, line 10');
    assert.equal(await lossOf(file('def loss_fn(a, b):\n    return (a - b).abs().mean()\n')), 'own: mean, line 10', 'the target is the last');
    const { model } = (await RanFile.of(file('def charbonnier_loss(x_hat, target):\n    return ((x_hat - target) ** 2 + 1e-6).sqrt().mean()\n'))).trace();
    assert.equal(model.trace!.ownLoss!.targets, 'random');
  });

  it('is none that was left by a loss function which fails', async () => {
    const failing = `${net.split('model = ')[0]}def my_loss(logits, target):\n    part = F.mse_loss(logits, torch.zeros_like(logits))\n    raise KeyError("no")\n`;
    assert.equal(await lossOf(failing), 'mse', 'the file names it');
    assert.equal((await RanFile.of(failing)).trace().model.trace!.ownLoss, undefined);
  });

  it('says the weights that a loss function reads of its keywords, whatever they are called', async () => {
    const text = vae.replace('def loss_function(recon_x, x, mu, logvar):\n    return', '    def loss_function(self, *args, **kw):\n        recon_x, mu, logvar = args; x = torch.ones(32, 6)\n        return kw["M_N"] * 1 +');
    assert.deepEqual((await RanFile.of(text)).trace().model.trace!.assumptions.slice(-1), ['loss_function: `M_N` is not given, assumed 0.005']);
  });

  it('is that of a call of `forward`, which is the model\'s own outside of any other call', async () => {
    const text = `${net}loss = F.cross_entropy(model.forward(x), y)\nloss.backward()\n`;
    assert.equal(await lossOf(text), 'own: cross_entropy, line 14');
    const traced = (await RanFile.of(text)).trace();
    assert.deepEqual([traced.inputs, traced.rows], ['x (5, 4) file', ['. Net → (5, 3)', '  fc Linear → (5, 3)']]);
    const inner = (await RanFile.of(`${torch}class Twice(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 4)\n    def forward(self, x):\n        return self.fc.forward(self.fc(x))\nTwice()(torch.ones(2, 4))\n`)).trace();
    assert.deepEqual(inner.rows, ['. Twice → (2, 4)', '  fc Linear → (2, 4)', '  . linear → (2, 4)']);
  });

  it('of a normalized output is the distance from drawn values, as the mean of its squares is the same whatever the weights are', async () => {
    assert.equal(await lossOf(`${torch}class Block(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc, self.norm = nn.Linear(6, 6), nn.LayerNorm(6)\n    def forward(self, x):\n        return self.norm(x + self.fc(x))\n`), 'mse');
  });

  it('is the likelihood of what is drawn from a distribution that the model gives, and called assumed', async () => {
    const text = `${torch}class Policy(nn.Module):
    def __init__(self):
        super().__init__()
        self.mu = nn.Linear(8, 3)
    def forward(self, x):
        return torch.distributions.${'Normal(self.mu(x), 1.0)'}
`;
    const { model } = (await RanFile.of(text)).trace();
    assert.deepEqual([model.trace!.ownLoss!.name, model.trace!.ownLoss!.isAssumed], ['negative_log_likelihood', true]);
    assert.equal((await RanFile.of(text.replace('Normal(self.mu(x), 1.0)', 'Categorical(logits=self.mu(x))'))).trace().model.trace!.ownLoss, undefined);
  });

  it('is that which the model itself gives beside its output', async () => {
    const text = `${torch}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)
    def forward(self, x, y):
        logits = self.fc(x)
        return logits, F.cross_entropy(logits, y)
model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    logits, loss = model(torch.randn(5, 4), torch.tensor([0, 1, 2, 0, 1]))
    loss.backward()
    optimizer.step()
`;
    assert.equal(await lossOf(text), 'own: cross_entropy, line 15');
  });

  it('is of drawn targets where the step takes its data out of a buffer that no memory holds', async () => {
    const text = `${net}buffer = torch.zeros(1_000_000, 60, 60, dtype=torch.uint8)
for _ in range(3):
    loss = F.mse_loss(model(buffer[:5, 0, :4].float()), torch.ones(5, 3))
    loss.backward()
    optimizer.step()
`;
    assert.equal(await lossOf(text), 'mse');
    const { model } = (await RanFile.of(text)).trace();
    assert.deepEqual(model.trace!.assumptions.slice(0, 1), ["the file's own call takes data out of more than memory holds"]);
  });

  it('is the one that a function names which nothing calls, of targets that are drawn for it', async () => {
    const uncalled = (loss: string) => `${net.replace('model = Net()\noptimizer', 'optimizer').replace(/optimizer = .*\n/, '').replace(/x, y = .*\n/, '')}def train(model, x, y):\n    loss = ${loss}\n    loss.backward()\n`;
    assert.equal(await lossOf(uncalled('F.smooth_l1_loss(model(x), y, beta=0.5)')), 'own: smooth_l1_loss, line 11');
    assert.equal(await lossOf(uncalled('nn.BCEWithLogitsLoss()(model(x), y)')), 'binary-cross-entropy');
    const { model } = (await RanFile.of(uncalled('F.kl_div(model(x), y, reduction="batchmean")'))).trace();
    assert.deepEqual([model.trace!.ownLoss!.name, model.trace!.ownLoss!.targets], ['kl_div', 'random']);
    assert.equal(await lossOf(uncalled('nn.TripletMarginLoss()(model(x), model(y), model(x + y))')), 'mean-square');
    assert.equal(await lossOf(uncalled('F.l1_loss(model(x), y) + F.cosine_embedding_loss(model(x), y, x)')), 'mean-square');
  });

  it('is what a loss function is called on, though nothing takes gradients of it', async () => {
    assert.equal(await lossOf(`${net}print(F.l1_loss(model(x), torch.ones(5, 3)))\n`), 'own: l1_loss, line 13');
  });

  it('is the mean square that the file has a function for, whatever its arguments are called, or takes from another file and calls', async () => {
    const field = `${torch}img2mse = lambda x, y: torch.mean((x - y) ** 2)\nclass Field(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(6, 4)\n    def forward(self, x):\n        return self.fc(x)\n`;
    assert.equal(await lossOf(field), 'own: mean, line 4');
    const training = 'from field import *\ndef train(target):\n    return img2mse(Field()(target), target)\n';
    const ran = await RanFile.of(training, { files: { 'field.py': field } });
    const { trace } = ran.trace().model;
    assert.equal(ran.run.sites(trace!.ownLoss!.site)!.file, '/workspace/field.py');
    assert.equal(trace!.ownLoss!.targets, 'random');
  });

  it('is the one that the file beside it names which trains its model', async () => {
    const text = net.split('model = ')[0];
    const train = (loss: string, model = 'Net') => `import torch.nn as nn\nfrom model import ${model}\nmodel = ${model}()\ncriterion = nn.${loss}()\n`;
    const chosen = async (files: Record<string, string>, path = 'nets/model.py') => {
      const ran = await RanFile.of(text, { files, path });
      const { trace } = ran.trace().model;
      const { kind, origin, own } = chooseLoss(ran.run.recorder.graph, trace!)!;
      return `${own?.name ?? kind} ${origin}`;
    };
    assert.equal(await chosen({ 'train.py': train('L1Loss') }), 'l1_loss file');
    assert.equal(await chosen({ 'nets/main.py': train('CrossEntropyLoss') }), 'cross-entropy file');
    assert.equal(await chosen({ 'train.py': train('L1Loss', 'Other') }), 'mse assumed');
    assert.equal(await chosen({ 'train.py': '# prints the accuracy' }), 'cross-entropy assumed');
    assert.equal(await chosen({}), 'mse assumed');
  });

  it('is the one that a file of its folder names which imports it and takes gradients, whatever word of training its name has', async () => {
    const text = net.split('model = ')[0];
    const files = (imported: string) => ({ 'nets/word_net_test.py': `import torch.nn as nn\nfrom ${imported} import Net\ncriterion = nn.CrossEntropyLoss()\nmodel = Net()\ndef step(x, y):\n    criterion(model(x), y).backward()\n` });
    const chosen = async (imported: string) => {
      const ran = await RanFile.of(text, { files: files(imported), path: 'nets/model.py' });
      return chooseLoss(ran.run.recorder.graph, ran.trace().model.trace!)!.origin;
    };
    assert.deepEqual([await chosen('nets.model'), await chosen('other')], ['file', 'assumed']);
  });

  it('of tokens that are looked up in a table of as many as the output scores is that of classes', async () => {
    const words = (outputs: number) => `${torch}class Words(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.look, self.read, self.tell = nn.Embedding(50, 8), nn.GRU(8, 8, batch_first=True), nn.Linear(8, ${outputs})\n    def forward(self, tokens):\n        return self.tell(self.read(self.look(tokens))[0])\n`;
    assert.deepEqual([await lossOf(words(50)), await lossOf(words(20))], ['cross-entropy', 'mean-square']);
  });

  const trained = async (text: string, files: Record<string, string>, path = 'model.py') => {
    const ran = await RanFile.of(text, { files, path });
    const { trace } = ran.trace().model;
    const own = trace!.ownLoss;
    return own === undefined ? 'none' : `${ran.run.sites(own.site)!.file.replace('/workspace/', '')}: ${own.targets}; ${trace!.assumptions.slice(-2).join('; ')}`;
  };
  const nodes = `${torch}class Nodes(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 3)\n    def forward(self, x):\n        z = self.fc(x)\n        return z @ z.t(), z\n`;
  const lossOfNodes = 'import torch.nn.functional as F\ndef loss_function(preds, labels, z, n_nodes, norm, pos_weight):\n    return norm * F.binary_cross_entropy_with_logits(preds, labels, pos_weight=pos_weight) + z.pow(2).mean() / n_nodes\n';
  const trainNodes = 'from model import Nodes\nfrom lossy import loss_function\nmodel = Nodes()\ndef step(x, adj):\n    preds, z = model(x)\n    loss_function(preds=preds, labels=adj, z=z, n_nodes=n, norm=norm, pos_weight=weight).backward()\n';

  it('is the function of another file that the one calls which trains the model, with numbers for what it takes beside tensors', async () => {
    const said = '; loss_function: `norm` is not given, assumed 1; loss_function: `pos_weight` is not given, assumed 1';
    assert.equal(await trained(nodes, { 'train.py': trainNodes, 'lossy.py': lossOfNodes }), `lossy.py: random${said}`);
    assert.equal(await trained(nodes, { 'train.py': trainNodes.replaceAll('Nodes', 'Others'), 'lossy.py': lossOfNodes }), 'none', 'it trains another model');
  });

  it('is the class of the workspace that a file makes for it, where it names no loss of the framework besides', async () => {
    const text = net.split('model = ')[0].replace('return self.fc(x)', 'return torch.sigmoid(self.fc(x))');
    const overlap = `${torch}class OverlapLoss(nn.Module):\n    def __init__(self, smooth):\n        super().__init__()\n        self.smooth = smooth\n    def forward(self, output, target):\n        return 1 - (2 * (output * target).sum() + self.smooth) / (output.sum() + target.sum() + self.smooth)\n`;
    const train = 'from model import Net\nfrom overlap import OverlapLoss\ndef main(x, y):\n    overlap_loss = OverlapLoss(1.0)\n    overlap_loss(Net()(x), y).backward()\n';
    assert.match(await trained(text, { 'train.py': train, 'overlap.py': overlap }), /^overlap.py: random/);
    assert.match(await trained(train, { 'model.py': text, 'overlap.py': overlap }, 'train.py'), /^overlap.py: random/);
    assert.equal(await trained(text, { 'train.py': `import torch.nn.functional as F\n${train}    F.cross_entropy(Net()(x), y)\n`, 'overlap.py': overlap }), 'none');
  });

  it('of a policy is the likelihood of what it draws, where it gives that', async () => {
    const text = `${torch}class Policy(nn.Module):
    def __init__(self):
        super().__init__()
        self.pi, self.v = nn.Linear(8, 3), nn.Linear(8, 1)
    def forward(self, x):
        dist = torch.distributions.Categorical(logits=self.pi(x))
        action = dist.sample()
        return {'action': action, 'log_pi_a': dist.log_prob(action).unsqueeze(-1), 'v': self.v(x)}
`;
    const ran = await RanFile.of(text);
    const { kind, others } = chooseLoss(ran.run.recorder.graph, ran.trace().model.trace!)!;
    assert.deepEqual([kind, others.map((other) => other.kind)], ['likelihood', ['mse']]);
    const sampled = await RanFile.of(text.replace("{'action': action,", 'action #'));
    assert.equal(chooseLoss(sampled.run.recorder.graph, sampled.trace().model.trace!), null);
  });

  it('is that of a file whose own statements are the model', async () => {
    const text = `${torch}w1, w2 = torch.randn(4, 8, requires_grad=True), torch.randn(8, 3, requires_grad=True)
x, y = torch.randn(5, 4), torch.tensor([0, 1, 2, 0, 1])
for _ in range(100):
    logits = torch.tanh(x @ w1) @ w2
    loss = F.cross_entropy(logits, y)
    loss.backward()
    for p in (w1, w2):
        p.data -= 0.1 * p.grad
        p.grad = None
`;
    assert.equal(await lossOf(text), 'own: cross_entropy, line 9');
  });
});
