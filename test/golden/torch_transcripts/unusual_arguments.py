# Arguments that change the numbers, or that PyTorch refuses: one expression a line.
import torch
import torch.nn as nn
import torch.nn.functional as F

a = torch.arange(6.0).reshape(2, 3)
b = torch.tensor([[1, -2, 3], [4, 5, -6]])
c = torch.arange(24.0).reshape(2, 3, 4)
v = torch.tensor([1.5, -2.5, 0.5, 3.0])
m = torch.tensor([[True, False, True], [False, False, True]])
nan = float("nan")


def shown(result):
    if isinstance(result, torch.Tensor):
        return f"{str(result.dtype)[6:]} {tuple(result.shape)} {tuple(result.stride())} {[f'{n:.4g}' for n in result.flatten().tolist()]}"
    return str([shown(each) for each in result]) if isinstance(result, (tuple, list)) else str(result)


def check(text):
    torch.manual_seed(3)
    try:
        print(text, "|", shown(eval(text)))
    except Exception as error:
        print(text, "|", type(error).__name__, str(error).split("\n")[0])


# Activations
for text in ("F.gelu(a, approximate='x')", "nn.GELU('x')(a)", "F.gelu(a, approximate='tanh')", "F.celu(a - 3, 0)", "F.hardtanh(a, 2, 1)", "F.softshrink(a - 3, -1)"):
    check(text)
# Slopes are drawn for those only that are not above 0; what is drawn next follows them
for text in ("F.rrelu(a - 3, training=True)", "torch.rrelu(-a, 0.1, 0.9, training=True)", "nn.RReLU()(v)", "(F.rrelu(a - 3, training=True), torch.rand(2))",
             "F.rrelu((a - 3).t(), training=True)", "F.rrelu(torch.zeros(0), training=True)"):
    check(text)

# One triangle of a matrix
skew, factor = torch.tensor([[1.0, 2.0], [9.0, 4.0]]), torch.tensor([[4.0, 9.0], [1.0, 5.0]])
for text in ("torch.linalg.eigvalsh(skew)", "torch.linalg.eigvalsh(skew, UPLO='U')", "torch.linalg.eigh(skew, 'U').eigenvalues", "torch.linalg.eigvalsh(skew, UPLO='X')",
             "torch.linalg.cholesky(factor).tolist()", "torch.linalg.cholesky(factor.mT, upper=True).tolist()", "torch.cholesky(factor).tolist()"):
    check(text)
leaf = skew.clone().requires_grad_()
(torch.linalg.eigvalsh(leaf, UPLO="U") * torch.tensor([1.0, 3.0])).sum().backward()
print(shown(leaf.grad))

# Factors, bounds and dtypes
for text in ("b.add(b, alpha=1.5)", "b.sub(2, alpha=0.5)", "a.add(b, alpha=1.5)", "b.add(1.5, alpha=2.5)", "a.clamp(min=torch.zeros(3), max=torch.tensor(2))", "b.clamp(min=nan)",
             "a.clamp(max=nan)", "b.round(decimals=2)", "a.round(decimals=1)", "torch.rand_like(b)", "torch.randn_like(b)", "torch.rand_like(b, dtype=torch.float64)",
             "a[torch.tensor([1, 0], dtype=torch.int8)]", "a[torch.tensor([1, 0], dtype=torch.int32)]", "torch.dot(v, b[0])"):
    check(text)

# Where results lie
for text in ("a.nonzero()", "torch.argwhere(m)", "a.diag()", "a.diag(1)", "torch.meshgrid(v, v[:2], indexing='xy')", "torch.meshgrid(v[:2], v[:3], v[:1], indexing='xy')",
             "torch.meshgrid(v, v[:2], indexing='ij')", "torch.trace(c)"):
    check(text)
none = torch.tensor([nan, 1.0, 1.0])
for text in ("torch.addmm(none, a.t(), a, beta=0)", "torch.addmv(none, a.t(), v[:2], beta=0, alpha=2)", "torch.baddbmm(c[:, :, :3] * nan, c, c.mT, beta=0)", "torch.addmm(v[:3], a.t(), a, beta=2)"):
    check(text)

# Normalizations
for text in ("F.layer_norm(a, 3)", "F.layer_norm(v.sum(), 8)", "F.layer_norm(a, [])", "F.layer_norm(a, (3,), weight=torch.ones(2))", "F.layer_norm(a, (3,), bias=torch.ones(2))",
             "F.batch_norm(a, None, None)", "F.batch_norm(a, torch.zeros(3), None)", "F.batch_norm(v, torch.zeros(4), torch.ones(4))", "F.batch_norm(b, torch.zeros(3), torch.ones(3))",
             "F.instance_norm(c, use_input_stats=False)", "F.group_norm(v, 2)", "F.rms_norm(a, (2,))", "F.rms_norm(a, 3)", "F.local_response_norm(a, 2)"):
    check(text)

# Look-ups and losses
ones = torch.ones(2, 3)
for text in ("F.embedding(torch.tensor([0, 1]), a, padding_idx=5)", "F.embedding(torch.tensor([0, 1]), a, padding_idx=-2)", "F.mse_loss(b, b)",
             "F.mse_loss(a, a + 1, weight=b.abs().float())", "F.l1_loss(a, a + 1, weight=b.abs().float())", "F.l1_loss(a, a + 2, reduction='sum', weight=b.abs().float())",
             "F.mse_loss(a, a + 1, weight=torch.ones(3))", "F.huber_loss(a, a + 3, delta=0)", "F.huber_loss(a, a + 3, weight=b.abs().float())",
             "F.cross_entropy(a, torch.tensor([0, 2]), label_smoothing=1.5)", "F.gaussian_nll_loss(a, a + 1, torch.ones(2), full=True)", "F.gaussian_nll_loss(a, a + 1, -ones)",
             "F.gaussian_nll_loss(a, a + 1, 2.0)", "F.gaussian_nll_loss(a, a + 1, -2.0)", "F.gaussian_nll_loss(a, a + 1, torch.ones(3))", "F.gaussian_nll_loss(a, a + 1, torch.ones(2, 1))"):
    check(text)

# Products of what meets, operands with lists of axes
index = torch.tensor([[0, 0, 1], [2, 2, 2]])
for text in ("a.scatter_reduce(1, index, ones * 2, 'prod')", "a.scatter_reduce(1, index[:, :2], ones * 2, 'prod', include_self=False)", "a.scatter_reduce(0, index[:1] % 2, ones * 2, 'prod')",
             "a.scatter(1, index[:, :1], 2, reduce='multiply')", "a.scatter(1, index[:, :1], 2, reduce='x')", "a.index_reduce(0, torch.tensor([0, 0]), ones * 3, 'prod')",
             "torch.einsum('ii', a)", "torch.einsum(a, [0, 1], a, [0, 1], [0])", "torch.einsum(a, [0, 1], a, [0, 1])", "torch.einsum(a, [0, ...], [...])"):
    check(text)
leaves = a.clone().requires_grad_(), torch.tensor([[0.0, 2.0, 0.0], [1.0, 0.0, 3.0]], requires_grad=True)
(leaves[0].scatter_reduce(1, index, leaves[1], "prod") * (a + 1)).sum().backward()
print([shown(leaf.grad) for leaf in leaves])

# Words of errors
for text in ("a.split([1, 1], -1)", "a.masked_scatter(m, torch.arange(2.0))", "a['x']", "nn.ConvTranspose1d(3, 2, 3, stride=2)(c, output_size=[12])", "nn.LSTM(4, 2)(c, torch.zeros(1, 3, 2))",
             "nn.LSTM(4, 2)(c, torch.zeros(2, 1, 3, 2))", "nn.LSTM(4, 2)(c, (torch.zeros(1, 3, 2),))", "nn.init.constant_(torch.empty(2), 'a')",
             "nn.MultiheadAttention(4, 2)(c, c, c, is_causal=True)", "nn.AdaptiveLogSoftmaxWithLoss(4, 6, [2])(torch.ones(2, 4), torch.tensor([0, 4])).foo",
             "(torch.Tensor, type(a), torch.dtype, torch.device, torch.Size, torch.Generator)"):
    check(text)

# Inverses and solutions over several axes
four = torch.eye(6).reshape(2, 3, 3, 2) + 0.1 * torch.arange(36.0).reshape(2, 3, 3, 2).sin()
for text in ("torch.linalg.tensorinv(four).shape", "torch.tensordot(torch.linalg.tensorinv(four), four, 2).reshape(6, 6).round().abs()", "torch.linalg.tensorinv(four.reshape(6, 2, 3), 1).shape",
             "torch.linalg.tensorinv(four, 0)", "torch.linalg.tensorinv(four[:1])", "torch.linalg.tensorsolve(four, a).shape",
             "torch.tensordot(four, torch.linalg.tensorsolve(four, a), 2).round().abs()", "torch.linalg.tensorsolve(four.permute(2, 0, 1, 3), a, dims=(0, 3)).shape"):
    check(text)
