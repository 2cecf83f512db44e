import { strict as assert } from 'node:assert';
import { itRuns, type RunCase } from './runCase.ts';
import { RanFile } from './runFile.ts';

const cases: readonly RunCase[] = [
  {
    title: 'takes any profile of printing, as PyTorch does',
    text: 'import torch\ntorch.set_printoptions(linewidth=320, precision=5, profile="long")\nprint(torch.tensor([0.123456]))\n',
    diagnostics: [],
    output: 'tensor([0.12346])\n',
  },
  {
    title: 'says on the exact call of einops that a pattern does not fit',
    text: [
      'import torch', 'from einops import rearrange', 'from einops.layers.torch import Rearrange', 'x = torch.ones(2, 3, 7)', 'y = 1 + rearrange(x, "b c (h p) -> b (c p) h", p=2)',
      'Rearrange("b c h w -> b (c h w)")(x)', '',
    ].join('\n'),
    diagnostics: [
      'shape 5:8-51 Error while processing rearrange-reduction pattern "b c (h p) -> b (c p) h".\n Input tensor shape: torch.Size([2, 3, 7]). '
      + 'Additional info: {\'p\': 2}.\n Shape mismatch, can\'t divide axis of length 7 in chunks of 2',
      'shape 6:0-36 Error while processing rearrange-reduction pattern "b c h w -> b (c h w)".\n Input tensor shape: torch.Size([2, 3, 7]). '
      + 'Additional info: {}.\n Wrong shape: expected 4 dims. Received 3-dim tensor.',
    ],
  },
  {
    title: 'lets classes of the file stand below a class that timm has and is not here',
    text: [
      'import torch', 'from timm.models import ByobNet', 'class Mixin:', '    depth = 5', 'class Encoder(ByobNet, Mixin):', '    def __init__(self, depth: ByobNet | None = None):', '        super().__init__()',
      'print(Encoder().depth, isinstance(3, ByobNet))', '',
    ].join('\n'),
    diagnostics: ['skipped 2:0-31 `timm.models.ByobNet` is not here: what the file does with it has no effect'],
    output: '5 False\n',
  },
  {
    title: 'says what of timm is not here on the line that asks for it, and runs on with the rest',
    text: [
      'import timm, torch', 'from timm.layers import DropPath, HybridEmbed', 'from timm.scheduler import create_scheduler', 'from timm.models.swin_transformer import SwinTransformer',
      'print(DropPath(0.1))', 'timm.create_model("vit_tiny_patch16_224", pretrained=True, depth=1, num_classes=2)', 'timm.create_model("resnet50")', '',
    ].join('\n'),
    diagnostics: [
      'skipped 2:0-45 `timm.layers.HybridEmbed` is not here: what the file does with it has no effect',
      'skipped 3:0-43 `timm.scheduler` is not here: what the file does with it has no effect',
      'skipped 4:0-56 `timm.models.swin_transformer` is not here: what the file does with it has no effect',
      'skipped 6:0-82 the published weights of `vit_tiny_patch16_224` are not here: they are drawn anew',
      'unsupported 7:0-29 timm\'s model `resnet50` is not here: of its models there are the plain vision transformers, and what the file registers',
    ],
    output: 'DropPath(drop_prob=0.100)\n',
  },
];

describe('a package beside torch', () => {
  cases.forEach(itRuns);

  it('runs the branch for the CPU of what has an extension to compile, and says that it is not compiled', async () => {
    const ran = await RanFile.of(`import torch
from torch.utils.cpp_extension import load
fused = load("fused", sources=["fused.cpp", "fused.cu"])
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(4, 2)
    def forward(self, x):
        y = self.fc(x)
        return y.relu() if y.device.type == "cpu" else fused.relu(y)
`);
    const sentence = "torch.utils.cpp_extension.load is not supported: 'fused' is C++ or CUDA that would have to be compiled";
    assert.deepEqual(ran.diagnostics, [`unsupported 3:8-56 ${sentence}`]);
    assert.deepEqual(ran.trace().rows, ['. Net → (32, 2)', '  fc Linear → (32, 2)', '  . relu → (32, 2)']);
    assert.deepEqual((await RanFile.of(`from torch.utils.cpp_extension import load\nfused = load("fused", [])\nfused.relu(1)\n`)).diagnostics,
      [`unsupported 2:8-25 ${sentence}`, `unsupported 3:0-10 ${sentence}`]);
  });

  it('saves the program of an exporter nowhere', async () => {
    const ran = await RanFile.of(`import torch
net = torch.nn.Linear(2, 3)
program = torch.onnx.export(net, (torch.ones(1, 2),), dynamo=True)
program.save("net.onnx")
options = torch.onnx.ExportOptions(dynamic_shapes=True)
print(torch.onnx.export(net, torch.ones(1, 2), "net.onnx"))
torch.onnx.exprt(net)
`);
    assert.deepEqual([ran.run.output, ran.diagnostics], ['None\n', ["python 7:0-16 AttributeError: module 'torch.onnx' has no attribute 'exprt' [did you mean `export`?]"]]);
  });
});
