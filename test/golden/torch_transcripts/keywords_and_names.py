# Keywords that PyTorch takes beside its own, functions in the order of its C++ part, and what its smaller modules have.
import torch
import torch.backends.cudnn as cudnn
import torch.nn.functional as F
from torch import Tensor, nn
from torch.func import functional_call, grad, jacrev, stack_module_state, vjp, vmap
from torch.nn.common_types import _size_2_t
from torch.nn.modules.activation import MultiheadAttention
from torch.nn.modules.batchnorm import _BatchNorm, _NormBase
from torch.nn.modules.conv import _ConvNd
from torch.nn.modules.utils import _ntuple, _pair, _single
from torch.nn.parallel import DataParallel, data_parallel
from torch.nn.utils import fuse_conv_bn_eval, prune
from torch.nn.utils.clip_grad import clip_grad_norm_
from torch.optim.adam import Adam
from torch.optim.lr_scheduler import _LRScheduler
from torch.utils import _pytree
from torch.utils.data import TensorDataset
from torch.utils.data.distributed import DistributedSampler


def attempt(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, str(error)[:200])


x = torch.arange(6.).reshape(2, 3)
print(x.sum(axis=1), torch.cat([x, x], axis=1), x.mean(axis=-1, keepdims=True), x.max(axis=1)[0], torch.sum(x, axis=0, keepdim=True), torch.stack([x, x], axis=1).shape, x.argmax(axis=1))
print(torch.concatenate([x, x], axis=1).shape, torch.unsqueeze(x, axis=0).shape, torch.softmax(x, axis=1), x.std(axis=1), torch.flip(x, dims=[0]), x.cumsum(axis=1), torch.max(x, x2=x), torch.add(x1=x, x2=x))
print(torch.chunk(x, 2, axis=1)[1], torch.amax(x, axis=1), x.topk(1, axis=1)[0], torch.sort(x, axis=0)[0], x.expand(size=(2, 3)).shape, x.view(size=(3, 2)).shape, x.reshape(shape=(3, 2)).shape, x.permute(dims=(1, 0)).shape)
print(x.repeat(repeats=(2, 1)).shape, torch.sum(input=x, dim=0), torch.swapaxes(x, axis0=0, axis1=1).shape, torch.zeros(size=(2, 1)), x.split(split_size=2, dim=1)[1], torch.full(size=(2,), fill_value=3))
print(torch.inner(x, x), torch.diff(x, prepend=torch.zeros(2, 1)), torch.diff(x, append=torch.zeros(2, 1), dim=1))
out = torch.empty(2, 6)
print(torch.hstack([x, x], out=out) is out, out, torch.add(x, 1, out=torch.empty(0)), torch.diag(torch.ones(2), out=torch.empty(0)))

weight, bias, mean, variance = torch.tensor([1., 2., 3.]), torch.tensor([0., 1., 0.]), torch.tensor([1., 1., 0.]), torch.tensor([1., 4., 2.])
print(torch.batch_norm(x, weight, bias, mean, variance, False, 0.1, 1e-5, False), torch.layer_norm(x, (3,), weight, bias, 1e-5, False), torch.group_norm(x, 1, weight, bias, 1e-5))
print(torch.embedding(x.t(), torch.tensor([2, 0])), torch.dropout(x, 0.5, False), torch.dropout(x, 0.5, train=False), torch.constant_pad_nd(x, (1, 0), 9), torch.pdist(x), F.pdist(x, 1))
print(torch.binary_cross_entropy_with_logits(x, x / 6, None, None, 1), torch.kl_div(x.log_softmax(1), x.softmax(1), 2), torch.margin_ranking_loss(x, x * 2, torch.ones(2, 3), 0.5, 0))
hidden = torch.zeros(2, 4)
torch.manual_seed(0)
cell = nn.LSTMCell(3, 4)
print(torch.allclose(torch.lstm_cell(x, (hidden, hidden), cell.weight_ih, cell.weight_hh, cell.bias_ih, cell.bias_hh)[1], cell(x)[1]), torch.convolution(x[None], torch.ones(1, 2, 2), None, [1], [0], [1], False, [0], 1))

print(torch.gcd(torch.tensor([12, 0, -9, 7]), torch.tensor([18, 5, 6, 0])), torch.lcm(torch.tensor([4, 0, 3]), torch.tensor([6, 5, 5])), torch.frexp(torch.tensor([8., 0.3, -5., 0.])))
print(torch.vander(torch.tensor([1., 2., 3.])), torch.vander(torch.tensor([2, 3]), 4, increasing=True), torch.unravel_index(torch.tensor([5, 3]), (2, 3)), torch.is_nonzero(torch.tensor(3)), torch.is_same_size(x, x))
y = torch.tensor([1., 2., 4., 7., 11.])
print(torch.gradient(y), torch.gradient(y, spacing=2.0, edge_order=2), torch.gradient(x, dim=1), torch.gradient(y, spacing=(torch.tensor([0., 1., 3., 4., 6.]),)))
print(torch.cumulative_trapezoid(y), torch.cumulative_trapezoid(y, torch.tensor([0., 1., 3., 4., 6.])), torch.cumulative_trapezoid(x, dx=2.0, dim=0), torch.histogram(y, 3), torch.histogram(y, torch.tensor([0., 3., 8.]), density=True))
print(torch.nanquantile(torch.tensor([[1., float("nan"), 3.], [4., 5., 6.]]), 0.5, dim=1), torch.hsplit(x, 3), torch.vsplit(x, 2)[1], torch.dsplit(x.reshape(1, 2, 3), [1])[1], torch.diagflat(y[:2]), torch.diagonal_scatter(torch.zeros(2, 2), torch.ones(2)))
print(torch.index_reduce(torch.ones(3), 0, torch.tensor([0, 2, 0]), torch.tensor([2., 3., 4.]), "amax"), torch.narrow_copy(x, 1, 0, 2), torch.permute_copy(x, (1, 0)).shape, torch.unbind_copy(x)[1], torch.expand_copy(x[:1], (2, 3)), x.sum_to_size(1, 3), torch.fill(x, 2), torch.nonzero_static(x > 3, size=3))
attempt(lambda: torch.hsplit(x, 2))
attempt(lambda: x.sum_to_size(4))

lists = [torch.ones(2), torch.full((1,), 4.0)]
print(torch._foreach_add(lists, 1), torch._foreach_mul(lists, [torch.tensor([2., 3.]), torch.tensor([5.])]), torch._foreach_sqrt(lists), torch._foreach_norm(lists))
torch._foreach_add_(lists, [torch.ones(2), torch.ones(1)], alpha=2)
torch._foreach_maximum_(lists, 3.5)
torch._foreach_addcdiv_(lists, lists, [torch.ones(2), torch.ones(1)], 0.5)
print(lists)

torch.manual_seed(3)
state = torch.get_rng_state()
first = torch.randn(3), torch.rand(2)
torch.set_rng_state(state)
print(state.shape, state.dtype, torch.equal(torch.randn(3), first[0]), torch.equal(torch.rand(2), first[1]))
with torch.random.fork_rng():
    inside = torch.rand(2)
print(torch.equal(inside, torch.rand(2)))
generator = torch.Generator().manual_seed(5)
kept = generator.get_state()
drawn = torch.rand(2, generator=generator)
generator.set_state(kept)
print(torch.equal(drawn, torch.rand(2, generator=generator)))

print(vmap(torch.dot)(x, x), vmap(lambda a, b: a * b, in_dims=(0, None), out_dims=1)(x, torch.ones(3)), grad(lambda a: (a ** 3).sum())(y), grad(lambda a, b: (a * b).sum(), argnums=(0, 1))(y, y * 2), jacrev(lambda a: a ** 2)(y[:2]))
value, pulled = vjp(torch.sin, y)
print(value, pulled(torch.ones(5)), vmap(grad(lambda a: a.sin()))(y))
linear = nn.Linear(2, 1)
print(functional_call(linear, {"weight": torch.ones(1, 2), "bias": torch.zeros(1)}, torch.tensor([[1., 2.]])), linear.weight.shape)
parameters, buffers = stack_module_state([nn.Linear(2, 1), nn.Linear(2, 1)])
print({name: value.shape for name, value in parameters.items()}, buffers)
print(_pytree.tree_flatten({"a": [1, (2, 3)], "b": 4})[0], _pytree.tree_map(lambda leaf: leaf * 2, {"a": [1, (2, 3)]}))

torch.manual_seed(1)
pruned = nn.Linear(4, 3)
prune.l1_unstructured(pruned, "weight", amount=0.5)
print(sorted(name for name, _ in pruned.named_parameters()), list(dict(pruned.named_buffers())), pruned.weight, prune.is_pruned(pruned))
prune.ln_structured(pruned, "weight", amount=1, n=2, dim=0)
print(pruned.weight_mask, pruned(torch.ones(1, 4)).shape)
prune.remove(pruned, "weight")
print(pruned.weight, sorted(name for name, _ in pruned.named_parameters()))
torch.manual_seed(2)
print(prune.random_unstructured(nn.Linear(3, 2), "weight", 2).weight_mask, prune.random_structured(nn.Conv1d(2, 2, 2), "weight", 0.5, 0).weight_mask, prune.custom_from_mask(nn.Linear(2, 2), "bias", torch.tensor([1, 0])).bias_mask)
both = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
prune.global_unstructured([(both[0], "weight"), (both[1], "weight")], prune.L1Unstructured, amount=3)
print(both[0].weight_mask, both[1].weight_mask)
attempt(lambda: prune.l1_unstructured(nn.Linear(2, 2), "weight", 1.5))
attempt(lambda: prune.remove(nn.Linear(2, 2), "weight"))
conv, norm = nn.Conv2d(2, 3, 3).eval(), nn.BatchNorm2d(3).eval()
norm.running_mean.fill_(0.5)
image = torch.linspace(-1, 1, 50).reshape(1, 2, 5, 5)
print(torch.allclose(fuse_conv_bn_eval(conv, norm)(image), norm(conv(image)), atol=1e-6))

data = TensorDataset(torch.arange(7))
print([list(DistributedSampler(data, 3, rank)) for rank in range(3)], list(DistributedSampler(data, 3, 1, shuffle=False, drop_last=True)), len(DistributedSampler(data, 3, 0)))
sparse = torch.sparse_coo_tensor(torch.tensor([[0, 1, 1], [2, 0, 0]]), torch.tensor([3., 4., 5.]), (2, 3))
print(torch.sparse.mm(sparse, torch.eye(3)), sparse.to_dense(), torch.spmm(sparse, torch.ones(3, 1)))
print(nn.quantized.FloatFunctional().add(x, x)[0], torch.ao.quantization.QuantStub()(x)[0], callable(data_parallel), DataParallel(linear).module is linear)
print(issubclass(nn.BatchNorm2d, _BatchNorm), issubclass(_BatchNorm, _NormBase), issubclass(nn.Conv2d, _ConvNd), MultiheadAttention is nn.MultiheadAttention, _pair(3), _single(2), _ntuple(4)(1), _pair((1, 2)), Adam is torch.optim.Adam, issubclass(_LRScheduler, torch.optim.lr_scheduler.LRScheduler))
print(torch.channels_last, torch.strided, torch.contiguous_format, x.layout, isinstance(torch.channels_last, torch.memory_format), x.is_cpu, torch.get_default_device(), torch.is_autocast_enabled(), torch.get_autocast_dtype("cpu"), torch.__version__ >= (1, 8), torch.__version__ > "1.10.0", torch.version.cuda)
torch.testing.assert_close(x, x + 1e-8)
attempt(lambda: torch.testing.assert_close(x, x[:1]))
cudnn.benchmark = True
print(cudnn.benchmark, torch.jit.annotate(int, 3), torch.jit.is_scripting(), torch.onnx.is_in_onnx_export(), torch.overrides.is_tensor_like(x), isinstance(torch.jit.script(linear), nn.Module))
