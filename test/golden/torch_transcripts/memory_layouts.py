# Where the elements of results lie in memory: strides of element-wise operations, copies, reductions and layers, of tensors that are not laid
# out row by row; and what follows from it: whether `view` is possible, and in which order numbers are drawn.
import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
BASES = {
    "transposed": torch.randn(3, 4).t(),
    "permuted": torch.randn(2, 3, 4).permute(2, 0, 1),
    "swapped": torch.randn(2, 3, 4, 5).transpose(1, 2),
    "last": torch.randn(2, 3, 4, 4).contiguous(memory_format=torch.channels_last),
    "stepped": torch.randn(4, 6)[:, ::2],
    "columns": torch.randn(4, 6).t()[1:4],
    "expanded": torch.randn(3, 1).expand(3, 4),
    "expanded_rows": torch.randn(4).expand(3, 4).t(),
    "thin": torch.randn(2, 1, 4, 1).permute(0, 2, 1, 3),
    "one_channel": torch.randn(2, 1, 4, 4).to(memory_format=torch.channels_last),
}


def strides(function):
    results = []
    for name, base in BASES.items():
        try:
            result = function(base)
            results.append(",".join(map(str, (result[0] if isinstance(result, tuple) else result).stride())))
        except Exception as error:
            results.append(type(error).__name__)
    return " ".join(results)


print("itself", strides(lambda x: x))
for name in ("abs", "neg", "exp", "sigmoid", "tanh", "relu", "sqrt", "round", "isnan", "logical_not", "square", "clone", "sign", "erf", "bool", "double", "half",
             "float", "isfinite", "isinf", "frac", "logit", "rad2deg", "signbit", "detach", "contiguous"):
    print(name, strides(lambda x: getattr(x, name)()))
for name in ("relu", "gelu", "silu", "elu", "celu", "selu", "leaky_relu", "hardtanh", "relu6", "hardswish", "hardsigmoid", "mish", "softplus", "softsign", "tanhshrink",
             "softshrink", "hardshrink", "logsigmoid", "dropout", "alpha_dropout", "feature_alpha_dropout", "rrelu"):
    print(name, strides(lambda x: getattr(F, name)(x)))
for name in ("zeros_like", "ones_like", "empty_like", "rand_like", "randn_like"):
    print(name, strides(lambda x: getattr(torch, name)(x)))
for name, function in {
    "randint_like": lambda x: torch.randint_like(x, 5), "full_like": lambda x: torch.full_like(x, 2), "bernoulli": lambda x: torch.bernoulli(x.sigmoid()),
    "normal": lambda x: torch.normal(x, 1.0), "zeros_like contiguous": lambda x: torch.zeros_like(x, memory_format=torch.contiguous_format),
    "randn_like contiguous": lambda x: torch.randn_like(x, memory_format=torch.contiguous_format),
    "clone contiguous": lambda x: x.clone(memory_format=torch.contiguous_format), "clone last": lambda x: x.clone(memory_format=torch.channels_last),
    "contiguous last": lambda x: x.contiguous(memory_format=torch.channels_last), "to last": lambda x: x.to(memory_format=torch.channels_last),
    "to double": lambda x: x.to(torch.float64), "to copy": lambda x: x.to(torch.float32, copy=True), "to copy contiguous": lambda x: x.to(torch.float64, memory_format=torch.contiguous_format),
    "new_zeros": lambda x: x.new_zeros(x.shape), "add": lambda x: x + 1, "radd": lambda x: 1 + x, "sub": lambda x: x - x, "mul": lambda x: x * x, "div": lambda x: x / 2,
    "pow": lambda x: x ** 2, "pow 3": lambda x: x ** 3, "rpow": lambda x: 2 ** x, "compare": lambda x: x > 0, "compare two": lambda x: x == x, "and": lambda x: (x > 0) & (x < 1), "invert": lambda x: ~(x > 0),
    "with contiguous": lambda x: x + torch.ones(x.shape), "contiguous with": lambda x: torch.ones(x.shape) + x, "with row": lambda x: x + torch.ones(x.shape[-1]),
    "with column": lambda x: x * torch.ones(x.shape[0], *[1] * (x.dim() - 1)), "with scalar tensor": lambda x: x * torch.tensor(2.), "wider": lambda x: x + torch.ones(2, *x.shape),
    "with double": lambda x: x + x.double(), "where": lambda x: torch.where(x > 0, x, 0.), "where contiguous": lambda x: torch.where(torch.ones(x.shape, dtype=torch.bool), x, x),
    "masked_fill": lambda x: x.masked_fill(x > 0, 0.), "clamp": lambda x: x.clamp(0, 1), "clamp min": lambda x: x.clamp(min=0), "clamp tensors": lambda x: x.clamp(min=x),
    "maximum": lambda x: torch.maximum(x, x), "lerp": lambda x: torch.lerp(x, x, 0.5), "addcmul": lambda x: torch.addcmul(x, x, x), "addcdiv": lambda x: torch.addcdiv(x, x, x),
    "atan2": lambda x: torch.atan2(x, x), "remainder": lambda x: x % 2, "floor_divide": lambda x: x // 2, "fmod": lambda x: torch.fmod(x, 2), "hypot": lambda x: torch.hypot(x, x),
    "add alpha": lambda x: torch.add(x, x, alpha=2), "xlogy": lambda x: torch.xlogy(x, x), "isclose": lambda x: torch.isclose(x, x), "heaviside": lambda x: torch.heaviside(x, x),
    "threshold": lambda x: F.threshold(x, 0., 1.), "prelu": lambda x: F.prelu(x, torch.ones(1)), "glu": lambda x: F.glu(torch.cat([x, x], -1), -1),
    "softmax": lambda x: x.softmax(-1), "log_softmax": lambda x: x.log_softmax(0), "cumsum": lambda x: x.cumsum(0), "sum 0": lambda x: x.sum(0), "sum last": lambda x: x.sum(-1),
    "sum keep": lambda x: x.sum(0, keepdim=True), "mean middle": lambda x: x.mean(1, keepdim=True), "amax": lambda x: x.amax(0), "max": lambda x: x.max(0).values,
    "max keep": lambda x: x.max(1, keepdim=True).values, "argmax": lambda x: x.argmax(0), "var": lambda x: x.var(0), "std keep": lambda x: x.std(1, keepdim=True), "norm": lambda x: x.norm(dim=0), "prod": lambda x: x.prod(0), "any": lambda x: (x > 0).any(0),
    "logsumexp": lambda x: x.logsumexp(0), "all keep": lambda x: (x > 0).all(1, keepdim=True), "sort": lambda x: x.sort(0).values, "topk": lambda x: x.topk(1, 0).values, "flip": lambda x: x.flip(0), "roll": lambda x: x.roll(1, 0),
    "cat 0": lambda x: torch.cat([x, x], 0), "cat last": lambda x: torch.cat([x, x], -1), "stack": lambda x: torch.stack([x, x]), "repeat": lambda x: x.repeat(2, *[1] * (x.dim() - 1)),
    "index": lambda x: x[torch.tensor([0, 0])], "index last": lambda x: x[..., torch.tensor([0, 0])], "index_select": lambda x: x.index_select(0, torch.tensor([0])), "gather": lambda x: x.gather(0, torch.zeros(x.shape, dtype=torch.long)),
    "masked_select": lambda x: x[x > 0][:1], "tril": lambda x: x.tril(), "matmul": lambda x: x @ x.transpose(-1, -2), "linear": lambda x: F.linear(x, torch.ones(5, x.shape[-1])),
    "layer_norm": lambda x: F.layer_norm(x, x.shape[-1:]), "group_norm": lambda x: F.group_norm(x, 1), "batch_norm": lambda x: F.batch_norm(x, None, None, training=True), "normalize": lambda x: F.normalize(x, dim=0),
    "pad": lambda x: F.pad(x, (1, 1)), "mse": lambda x: F.mse_loss(x, torch.zeros(x.shape), reduction="none"), "l1": lambda x: F.l1_loss(x, torch.zeros(x.shape), reduction="none"),
    "bce": lambda x: F.binary_cross_entropy_with_logits(x, torch.ones(x.shape), reduction="none"), "smooth l1": lambda x: F.smooth_l1_loss(x, x, reduction="none"), "reshape": lambda x: x.reshape(-1), "flatten 1": lambda x: x.flatten(1),
    "rms_norm": lambda x: F.rms_norm(x, x.shape[-1:]), "one_hot": lambda x: F.one_hot((x > 0).long(), 2), "scatter": lambda x: x.scatter(0, torch.zeros(x.shape, dtype=torch.long), 1.), "index_add": lambda x: x.index_add(0, torch.tensor([0]), x[:1]),
    "dropout2d": lambda x: F.dropout2d(x), "repeat_interleave": lambda x: x.repeat_interleave(2, 0), "expand_as": lambda x: x.clone().expand_as(x), "diff": lambda x: x.diff(dim=0), "cross": lambda x: x.cumprod(0),
    "T": lambda x: x.relu().transpose(0, -1), "view_as_real": lambda x: x.relu()[1:], "movedim": lambda x: x.exp().movedim(0, -1), "unsqueeze": lambda x: x.exp().unsqueeze(0), "unsqueeze last": lambda x: x.exp().unsqueeze(-1), "squeeze": lambda x: x.exp().squeeze(),
    "deg": lambda x: torch.special.expit(x), "einsum": lambda x: torch.einsum("...ij->...ji", x),
}.items():
    print(name, strides(function))

# Layers of images keep the channels last
image = torch.randn(2, 4, 6, 6).to(memory_format=torch.channels_last)
for name, layer in {"conv": nn.Conv2d(4, 8, 3), "transposed": nn.ConvTranspose2d(4, 8, 3), "grouped": nn.Conv2d(4, 4, 3, groups=4), "batch norm": nn.BatchNorm2d(4), "pool": nn.MaxPool2d(2), "average": nn.AvgPool2d(2),
                    "adaptive": nn.AdaptiveAvgPool2d(2), "adaptive 1": nn.AdaptiveAvgPool2d(1), "adaptive max": nn.AdaptiveMaxPool2d(2), "upsample": nn.Upsample(scale_factor=2), "bilinear": nn.Upsample(scale_factor=2, mode="bilinear"), "shuffle": nn.PixelShuffle(2),
                    "unshuffle": nn.PixelUnshuffle(2), "zero pad": nn.ZeroPad2d(1), "reflection": nn.ReflectionPad2d(1), "replication": nn.ReplicationPad2d(1), "group norm": nn.GroupNorm(2, 4),
                    "instance norm": nn.InstanceNorm2d(4), "relu": nn.ReLU(), "prelu": nn.PReLU(4), "softmax": nn.Softmax(1), "dropout": nn.Dropout2d(), "lrn": nn.LocalResponseNorm(2), "shuffled": nn.ChannelShuffle(2), "unfold": nn.Unfold(2)}.items():
    result = layer(image)
    print(name, result.stride(), result.is_contiguous(memory_format=torch.channels_last), result.is_contiguous())
model = nn.Conv2d(4, 8, 3).to(memory_format=torch.channels_last)
print(model.weight.stride(), model(torch.randn(2, 4, 6, 6)).stride(), torch.cat([image, image], 1).stride(), (image + torch.ones(2, 4, 6, 6)).stride())
print(F.conv2d(torch.randn(2, 4, 6, 6), torch.randn(8, 4, 1, 1)).stride(), torch.stack([image, image]).stride())
video = torch.randn(1, 2, 3, 4, 4).to(memory_format=torch.channels_last_3d)
print(video.stride(), video.is_contiguous(memory_format=torch.channels_last_3d), nn.Conv3d(2, 4, 3)(video).stride(), video.relu().stride())
print(nn.Flatten()(model(image)).stride(), torch.empty(2, 3, 4, 5, memory_format=torch.channels_last).stride(), torch.empty_permuted((2, 3, 4), (1, 2, 0)).stride())

# What follows from it
def attempt(function):
    try:
        result = function()
        print(result.shape if isinstance(result, torch.Tensor) else result)
    except Exception as error:
        print(type(error).__name__, error)


x = torch.randn(3, 4).t()
attempt(lambda: (x + 1).view(-1))
attempt(lambda: x.relu().view(12))
attempt(lambda: x.softmax(-1).view(12))
attempt(lambda: x.contiguous().relu().view(12))
attempt(lambda: nn.Conv2d(4, 8, 3)(image).view(2, -1))
attempt(lambda: torch.zeros_like(x).view(-1))
attempt(lambda: torch.randn(2, 8, 4).transpose(1, 2).sigmoid().view(2, 32))
attempt(lambda: F.dropout(torch.randn(2, 3, 4, 5).permute(0, 2, 1, 3)).view(2, 4, 15))
attempt(lambda: F.gelu(torch.randn(2, 3, 4, 5).permute(0, 2, 1, 3)).view(2, 12, 5))
attempt(lambda: x.clone().view(12))
attempt(lambda: x.mul(2).contiguous().view(12))
attempt(lambda: x.double().is_contiguous())
attempt(lambda: x.exp().data.is_contiguous())
attempt(lambda: (x * 2).t().is_contiguous())
attempt(lambda: (x * 2).detach().t().view(12))
y = x * 2
y += 1
y[0] = 5
attempt(lambda: y.stride())
attempt(lambda: y.as_strided((12,), (1,)))
print(y.as_strided((12,), (1,)), y.storage_offset(), y[1].storage_offset())
print(y.numpy().strides, torch.from_numpy(y.numpy()).stride())
y.zero_().normal_()
print(y)

# The order of draws
for draw in (torch.randn_like, torch.rand_like, lambda t: torch.randint_like(t, 100), F.dropout, lambda t: t.clone().normal_(), lambda t: t.mul(2).uniform_(), lambda t: t.exp().bernoulli_(0.5), lambda t: torch.bernoulli(t.sigmoid()),
             lambda t: F.dropout(t + 1, 0.3), lambda t: torch.empty_like(t).exponential_(), lambda t: torch.normal(t, t.exp()), lambda t: torch.normal(0.0, t.exp()), lambda t: torch.poisson(t.exp()), F.alpha_dropout, F.rrelu,
             lambda t: t.exp().cauchy_(), lambda t: F.gumbel_softmax(t * 2), lambda t: torch.distributions.Normal(t * 2, t.exp()).sample(), lambda t: torch.distributions.Normal(t * 2, t.exp()).rsample((2,)),
             lambda t: torch.distributions.Bernoulli(logits=t * 2).sample(), lambda t: torch.distributions.Gamma(t.exp(), t.exp()).sample()):
    torch.manual_seed(1)
    print(draw(torch.linspace(-1, 1, 12).view(3, 4).t()).detach().flatten())
torch.manual_seed(2)
big = torch.zeros(8, 16).t() * 1
print(torch.randn_like(big)[:4, :4], torch.randn_like(big.contiguous())[:4, :4], torch.randn_like(big).stride())
