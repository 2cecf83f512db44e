// The backward of a torch.autograd.Function in the graph, of which the report takes its gradients: the same that `loss.backward()` gives, which
// the transcripts compare with PyTorch's.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { runPython } from '../harness.ts';
import { RanFile } from '../runner/runFile.ts';

const transcript = readFileSync(new URL('../../golden/torch_transcripts/own_functions.py', import.meta.url), 'utf8');
const model = transcript.slice(0, transcript.indexOf('loss = '));

/** A file of one function, whose backward is `body`. */
const withBackward = (body: string): string => `import torch
class Own(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2
    @staticmethod
    def backward(ctx, g):
        ${body}
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(2, 2)
    def forward(self, x):
        return Own.apply(self.fc(x))
`;

describe('a backward of the user\'s own', () => {
  it('is part of the graph: products, a softmax, several outputs, a write in place, a rule that is not linear, gradients of parameters on the way', async () => {
    const { stdout, errors } = await runPython(`${model}
from _lens import door
loss = (out * torch.arange(24.).view(8, 3)).sum()
parameters = list(net.named_parameters())
gradients = door.gradient(loss.value, [p.value for _, p in parameters])
loss.backward()
for (name, p), gradient in zip(parameters, gradients):
    print(name, torch.allclose(torch._tensor.wrap(gradient), p.grad))
`);
    assert.equal(errors, '');
    assert.equal(stdout, 'two\n' + ['w', 'b', 'a.weight', 'a.bias', 'c.weight', 'c.bias', 'd.weight', 'd.bias'].map((name) => `${name} True\n`).join(''));
  });

  it('prints and draws nothing when its function is called', async () => {
    const { stdout, errors } = await runPython(`${withBackward('print("called"); return g * torch.rand(2)')}
torch.manual_seed(1)
x = Own.apply(torch.ones(2, requires_grad=True))
a = torch.rand(1)
torch.manual_seed(1)
print(torch.equal(a, torch.rand(1)))
`);
    assert.deepEqual([stdout, errors], ['True\n', '']);
  });

  it('is said to be missing where it asks for numbers of the gradient, or fails', async () => {
    const said = async (body: string): Promise<string[]> => (await RanFile.of(withBackward(body))).trace().diagnostics;
    assert.deepEqual(await said('return g * 2'), []);
    assert.deepEqual(await said('return g if g.sum() > 0 else -g'), [
      'unsupported 14:15-36 Own: no gradients are shown before it, since its backward asks for numbers of the gradient, which are not known when it is called']);
    assert.deepEqual(await said('return g * ctx.scale'), [
      "unsupported 14:15-36 Own: no gradients are shown before it, since its backward raised AttributeError: 'FunctionCtx' object has no attribute 'scale'"]);
  });

  it('that runs the forward again, as a checkpoint does, adds no rows', async () => {
    const checkpointed = `import torch
class Checkpoint(torch.autograd.Function):
    @staticmethod
    def forward(ctx, layer, x):
        ctx.layer, ctx.x = layer, x.detach().requires_grad_()
        return layer(x)
    @staticmethod
    def backward(ctx, g):
        with torch.enable_grad():
            again = ctx.layer(ctx.x)
        return None, torch.autograd.grad(again, ctx.x, g)[0]
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(2, 2)
        self.head = torch.nn.Linear(2, 2)
    def forward(self, x):
        return self.head(Checkpoint.apply(self.fc, x.requires_grad_()))
`;
    const traced = (await RanFile.of(checkpointed)).trace();
    assert.deepEqual([traced.diagnostics, traced.rows], [[], ['. Net → (32, 2)', '  fc Linear → (32, 2)', '  head Linear → (32, 2)']]);
  });
});
