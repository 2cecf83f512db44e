import { strict as assert } from 'node:assert';
import { RanFile } from '../runner/runFile.ts';

// The messages are those of PyTorch 2.13.
const cases: readonly (readonly [call: string, message: string])[] = [
  ['nn.MaxPool2d(4 / 2)(x)', "max_pool2d(): argument 'kernel_size' (position 2) must be tuple of ints, not float"],
  ['nn.AvgPool2d(2, stride=2.0)(x)', "avg_pool2d(): argument 'stride' (position 3) must be tuple of ints, not float"],
  ['nn.ConvTranspose2d(3, 3, 4, 2, padding=2 / 2)(x)', "conv_transpose2d(): argument 'padding' (position 5) must be tuple of ints, but found element of type float at pos 0"],
  ['torch.cat([x, x], 1.0)', "cat(): argument 'dim' (position 2) must be int, not float"],
  ['torch.unsqueeze(x, 1.0)', "unsqueeze(): argument 'dim' (position 2) must be int, not float"],
  ['torch.chunk(x, 4 / 2)', "chunk(): argument 'chunks' (position 2) must be int, not float"],
  ['torch.eye(4 / 2)', "eye(): argument 'n' (position 1) must be int, not float"],
  ['F.pad(x, (1.0, 1, 1, 1))', "pad(): argument 'pad' (position 2) must be tuple of ints, but found element of type float at pos 0"],
  ['x[:, :4 / 2]', 'slice indices must be integers or None or have an __index__ method'],
];

describe('a float where PyTorch takes a whole number', () => {
  for (const [call, message] of cases) {
    it(`is refused by ${call} in PyTorch's words`, async () => {
      const ran = await RanFile.of(`import torch\nfrom torch import nn\nimport torch.nn.functional as F\nx = torch.ones(1, 3, 8, 8)\n${call}\n`);
      assert.match(ran.diagnostics[0]!, /^python 5:/);
      assert.equal(ran.run.diagnostics[0]!.message, `TypeError: ${message}`);
    });
  }
});
