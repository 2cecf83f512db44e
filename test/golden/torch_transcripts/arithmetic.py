# Operators, promotion, comparison, reductions.
import torch

f, i, b = torch.tensor([1.5, -2.0, 3.0]), torch.tensor([1, 2, 3]), torch.tensor([True, False, True])
d = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)
for x in (f + 1, f + i, i + 1, i + 1.5, i / 2, i // 2, i % 2, -7 % i, f % 2, b + 1, b + 1.5, b * 2, i * b, f * d, d + 1, i ** 2, 2 ** i, f ** 2, 1 / f, 2 - f,
          i - 1, 1 - i, -f, abs(f), f > 0, i == 2, f != 1.5, i >= 2, b & b, b | ~b, b ^ b, ~b, f.sign(), f.round(), f.floor(), f.ceil(), f.trunc(), f.frac(),
          torch.add(f, i, alpha=2), torch.sub(f, 1, alpha=2), torch.div(i, 2, rounding_mode="floor"), torch.div(f, 2, rounding_mode="trunc"),
          torch.tensor(2) * 1.5, torch.tensor(2.0, dtype=torch.float64) + f, torch.tensor(2) + f, f.to(torch.float16).dtype, i.float() / 3,
          i.true_divide(2), torch.pow(2, i), torch.fmod(f, 2), torch.remainder(f, 2), f.clamp(-1, 1), f.clamp(min=0), f.clamp_max(0), i.clamp(2), f.square(),
          f.sqrt(), f.exp(), f.log(), f.sin(), f.tanh(), f.sigmoid(), f.erf(), f.rsqrt(), f.reciprocal(), torch.atan2(f, d.float()), f.logical_not(),
          torch.maximum(f, i.float()), torch.minimum(f, torch.tensor(0.0)), torch.where(f > 0, f, 0), torch.where(b, 1.0, 0.0), torch.where(b, i, 0), f.lerp(d.float(), 0.5),
          f.isnan(), torch.isfinite(f), f.masked_fill(b, 9), torch.addcmul(f, f, f, value=2), f.nan_to_num(), torch.isclose(f, f + 1e-9)):
    print(x)
m = torch.arange(12.0).reshape(3, 4)
for x in (m.sum(), m.sum(0), m.sum(1, keepdim=True), m.sum((0, 1)), m.mean(), m.mean(-1), m.max(), m.max(1), m.min(0), m.max(1, keepdim=True).values, m.argmax(), m.argmax(1),
          m.argmin(0, keepdim=True), m.std(), m.std(0), m.var(1, unbiased=False), m.var(correction=0), m.prod(1), m.cumsum(1), m.norm(), m.norm(dim=1), m.norm(1), m.norm(p=1, dim=0),
          m.all(), m.any(0), i.sum(), b.sum(), b.all(), b.any(), m.amax(1), m.amin((0, 1)), m.logsumexp(1), m.softmax(1), m.log_softmax(-1), m.median(), m.median(1), m.topk(2), m.sort(1, descending=True),
          m.argsort(descending=True), i.prod(), torch.std_mean(m), m.mean((0, 1), keepdim=True), m.unique().shape, torch.tensor([3, 1, 3]).unique(return_counts=True), torch.bincount(torch.tensor([1, 1, 3])),
          m.kthvalue(2), torch.tensor([1.0, 2.0, 4.0]).diff(), m.quantile(0.5), torch.count_nonzero(m), m.trace(), torch.sum(m, dim=1), torch.max(m, dim=0)[0], torch.mean(m, 1), i.float().mean(),
          torch.linalg.norm(m), torch.linalg.vector_norm(m, dim=1), m.dist(m + 1), torch.histc(m, 4)):
    print(x)
print(torch.allclose(m, m + 1e-9), torch.equal(m, m), (m == m).all().item(), bool(torch.tensor([1])), len(m), [r.tolist() for r in m][0])
print(m @ m.T, torch.matmul(m[0], m[1]), m.mv(m[0]), torch.mm(m, m.t()), torch.bmm(m[None], m.t()[None]), torch.dot(m[0], m[0]), torch.outer(m[0], m[1])[1], torch.einsum("ij,kj->ik", m, m))
print(torch.einsum("bij,bjk->bik", torch.ones(2, 3, 4), torch.ones(2, 4, 5)).shape, torch.einsum("ii->i", torch.eye(3)), torch.einsum("i,j->ij", i, i), torch.einsum("...ij->...ji", m), torch.einsum("ij->", m))
print(torch.addmm(torch.ones(3), m, m.t()), torch.tensordot(m, m, dims=([1], [1])), torch.kron(torch.eye(2), torch.ones(1, 2)))
x = torch.tensor([1.0, 2.0, 3.0]); y = x
x += 1; x *= 2; x -= 1; x /= 2; x.add_(1).mul_(2).clamp_(0, 8); x.neg_().abs_()
print(x, y is x, x.relu_(), x.fill_(2), x.zero_(), x.copy_(torch.ones(3)), x.sub_(1).exp_(), x.pow_(2))

rows = torch.tensor([[3.0, 4.0], [0.3, 0.4], [6.0, 8.0]])
print(torch.renorm(rows, 2, 0, 1.0), torch.renorm(rows, 1, 1, 2.0), rows.renorm(2, -1, 3), rows.clone().renorm_(2, 0, 1.0))
leaf = rows.clone().requires_grad_()
leaf.renorm(2, 0, 1.0).sum().backward()
print(leaf.grad)
three = torch.tensor([1, 2, 3])
print(torch.combinations(three), torch.combinations(three.float(), r=3), torch.combinations(three, with_replacement=True), torch.combinations(three, r=1))
print(torch.combinations(three, r=4).shape, torch.combinations(three, r=0).shape)
for refused in (lambda: torch.combinations(rows), lambda: torch.combinations(three, r=-1), lambda: torch.renorm(three.float(), 2, 0, 1), lambda: torch.renorm(rows, -1, 0, 1),
                lambda: torch.renorm(rows, 2, 0, -1), lambda: torch.renorm(rows, 2, 5, 1)):
    try:
        refused()
    except Exception as error:
        print(type(error).__name__, error)
