// Operations of torchvision that it computes in compiled code: held to what defines them.
import { strict as assert } from 'node:assert';
import { runPython } from '../harness.ts';

const prologue = `
import torch
from torch.nn import functional as F
from torchvision import ops
torch.manual_seed(0)
def differ(ours, theirs):
    print((ours - theirs).abs().max().item() < 1e-4)
images, weight = torch.randn(2, 4, 7, 6), torch.randn(6, 2, 3, 2)
`;

const cases = {
  'position-sensitive alignment reads each bin from channels of its own': `
scores, rois = torch.randn(2, 12, 8, 9), torch.tensor([[0, 1.0, 1.5, 6.2, 7.0], [1, -2.0, 3.0, 12.0, 9.5]])
every = ops.roi_align(scores, rois, (2, 3), 0.9, 2, aligned=True)
theirs = torch.stack([torch.stack([torch.stack([every[:, c * 6 + i * 3 + j, i, j] for j in range(3)], 1) for i in range(2)], 1) for c in range(2)], 1)
differ(ops.PSRoIAlign((2, 3), 0.9, 2)(scores, rois), theirs)
`,
  'position-sensitive pooling takes means over whole pixels, never of the last row and column': `
scores = torch.randn(1, 8, 6, 7)
found = ops.ps_roi_pool(scores, [torch.tensor([[0.6, 1.4, 5.0, 5.2], [2.0, 2.0, 9.0, 9.0]])], 2)
differ(found[0, 1, 0, 1], scores[0, 5, 1:3, 3:5].mean())
differ(found[1, 0, 0, 0], scores[0, 0, 2:5, 2:6].mean())
differ(found[1, 1, 1, 1], torch.tensor(0.0))
`,
  'deformable convolution without offsets is a convolution': `
theirs = F.conv2d(images, weight, None, 2, 1, 1, 2)
offset = torch.zeros(2, 24, *theirs.shape[-2:])
differ(ops.deform_conv2d(images, offset, weight, None, 2, 1), theirs)
differ(ops.deform_conv2d(images, offset, weight, None, 2, 1, mask=torch.full((2, 12, *theirs.shape[-2:]), 0.5)), theirs / 2)
`,
  'deformable convolution of one point samples bilinearly': `
offset = torch.randn(2, 2, 7, 6) * 2
y, x = torch.arange(7.0)[:, None] + offset[:, 0], torch.arange(6.0) + offset[:, 1]
sampled = F.grid_sample(images, torch.stack([2 * x / 5 - 1, 2 * y / 6 - 1], -1), align_corners=True)
differ(ops.deform_conv2d(images, offset, torch.eye(4)[:, :, None, None]), sampled)
`,
  'an aligned region on the pixels, with one sample a bin, is that part of the image': `
differ(ops.roi_align(images, [torch.tensor([[1.0, 2, 5, 6]]), torch.tensor([[0.0, 1, 4, 5]])], 4, aligned=True, sampling_ratio=1),
       torch.stack([images[0, :, 2:6, 1:5], images[1, :, 1:5, 0:4]]))
`,
  'a pooled region has the maxima of its bins': `
pooled = ops.roi_pool(torch.arange(64.0).reshape(1, 1, 8, 8), torch.tensor([[0.0, 0, 0, 3, 3]]), 2)
differ(pooled, torch.tensor([[[[9.0, 11], [25, 27]]]]))
`,
  'of rectangles that overlap, the better one is kept, within its class': `
boxes, scores = torch.tensor([[0.0, 0, 10, 10], [1, 1, 11, 11], [20, 20, 30, 30], [0, 0, 9, 10]]), torch.tensor([0.9, 0.8, 0.7, 0.95])
print(ops.nms(boxes, scores, 0.5).tolist() == [3, 2] and ops.nms(boxes, scores, 0.95).tolist() == [3, 0, 1, 2])
print(ops.batched_nms(boxes, scores, torch.tensor([0, 1, 0, 0]), 0.5).tolist() == [3, 1, 2])
`,
};

describe('regions and rectangles of torchvision', () => {
  for (const [claim, text] of Object.entries(cases)) {
    it(claim, async () => {
      const { stdout, errors } = await runPython(prologue + text);
      assert.equal(errors, '');
      assert.deepEqual(new Set(stdout.trim().split('\n')), new Set(['True']));
    });
  }
});
