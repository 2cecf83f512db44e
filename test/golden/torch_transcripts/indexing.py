# Reading and writing parts: slices, masks, index tensors, views that share memory.
import torch

t = torch.arange(24).reshape(2, 3, 4)
index = torch.tensor([0, 2])
for x in (t[0], t[-1, 1], t[0, 1, 2], t[:, 1], t[..., -1], t[:, :, ::2], t[0:1], t[None].shape, t[:, None].shape, t[t > 20], t[[0, 1], [1, 2]], t[:, index], t[:, [0, 2], 1:3],
          t[index % 2, :, index], t[0][index], t[torch.tensor([True, False])], t[0, t[0, :, 0] > 3], t[..., None].shape, t[1, ..., 0], t[0, [1]], t[:, torch.tensor(1)], t[True].shape,
          t.select(1, 0), t.narrow(2, 1, 2), t.index_select(1, index), t.gather(2, torch.zeros(2, 3, 1, dtype=torch.int64)), t.masked_select(t % 7 == 0), t.take(torch.tensor([0, 5])),
          t[0, 0, 0].item(), t[:, index][:, 0], t[:, [[0, 1], [1, 2]]].shape, t[index.tolist()[0]]):
    print(x)
x = torch.zeros(3, 4)
x[0] = 1; x[1, 2] = 5; x[:, 3] = torch.tensor([7.0, 8.0, 9.0]); x[x > 6] = -1; x[2, :2] += 3; x[[0, 1], [0, 1]] = torch.tensor([20.0, 30.0])
print(x)
x[torch.tensor([2])] = 4.5; x[..., 1] *= 2; x[None, 0, 0] = 6
print(x)
v = x.view(-1); v[0] = 100; w = x[1]; w.add_(1); u = x.t(); u[3, 0] = -50
print(x, v[0], w)
a = torch.arange(6); b = a.view(2, 3); c = b[:, 1:]; c.zero_()
print(a, b, c, b.is_contiguous(), b.t().is_contiguous(), b.stride(), b.t().stride(), c.stride(), b.t().contiguous().stride())
print(b.permute(1, 0).shape, b.transpose(0, 1), b.unsqueeze(1).shape, b[None].squeeze(0).shape, b.flatten(), b.reshape(3, -1), b.expand(2, 2, 3).shape, b.repeat(1, 2), b.T, b.mT.shape)
print(a.chunk(4), a.split(4), a.split([1, 5]), b.unbind(1), torch.cat([b, b], 1), torch.stack([a, a]).shape, torch.hstack([a, a]), torch.vstack([a, a]).shape, a.flip(0), a.roll(2), b.flip(0, 1), a.unfold(0, 2, 2))
print(torch.zeros(3, 3).scatter_(1, torch.tensor([[0], [1], [2]]), 1.0), torch.zeros(4).scatter_add_(0, torch.tensor([0, 0, 1]), torch.ones(3)), torch.zeros(3).index_add_(0, torch.tensor([0, 2]), torch.ones(2)),
      torch.zeros(3).index_fill_(0, torch.tensor([1]), 2.0), torch.zeros(2, 2).index_put_((torch.tensor([0]), torch.tensor([1])), torch.tensor([5.0])), torch.nonzero(torch.tensor([0, 1, 2])), torch.where(torch.tensor([0, 1]) > 0))
print(a.repeat_interleave(2), torch.tile(a[:2], (2, 2)), b.movedim(0, 1).shape, torch.arange(4).unflatten(0, (2, 2)), b.view_as(torch.zeros(3, 2)), torch.atleast_2d(a).shape, a.tolist(), b.ravel().shape)
y = torch.arange(4.0, requires_grad=True); z = torch.zeros(4); z[1:3] = y[:2] * 2; z[0] = y[3]
print(z, z.requires_grad); (z * z).sum().backward(); print(y.grad)
z = y * 1; z[0] = 0; z.mul_(3); z.sum().backward(); print(y.grad)
m = torch.ones(2, 2); n = m.clone(); n[0, 0] = 5; m.data[1, 1] = 7; print(m, n, torch.ones(3)[1:].sum())
print(torch.arange(10)[2:8:3], torch.arange(5)[-2:], [i.item() for i in torch.arange(3)], 3 in torch.arange(5), torch.arange(3)[torch.tensor([2, 0])])
grid = torch.arange(12.0).reshape(3, 4)
print(torch.as_strided(grid, (2, 3), (4, 1)), grid.t().as_strided((2, 2), (1, 5), 2), grid[1:].storage_offset(), grid[1:].as_strided((2,), (3,)))
print(torch.flip(torch.tensor(3.5), [0]), torch.tensor(2).flip(-1), torch.nn.functional.linear(torch.ones(2, 3), torch.ones(3)))
truth = torch.tensor([3.5, 0.0, -2.0, float("nan")]).bool()
print(truth.float() * 2, (truth + truth).float(), truth * 3.0, truth == True, (truth | truth).sum())
