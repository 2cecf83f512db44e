# What autograd refuses: tensors that a backward reads and that were written to since, graphs that are passed twice, leaves and views that are
# written to; and what it does not.
import copy
import torch
import torch.nn.functional as F
from torch import nn

def attempt(f):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)

def leaf(*s):
    return torch.ones(*(s or (3,)), requires_grad=True)

def case():
    x = leaf()
    y = x.exp()
    y.add_(1)
    y.sum().backward()
attempt(case)

def case():
    l = nn.Linear(4, 5)
    o = torch.optim.SGD(l.parameters(), 0.1)
    x = leaf(2, 4)
    loss = l(x).sum()
    loss.backward(retain_graph=True)
    o.step()
    loss.backward()
attempt(case)

def case():
    l = nn.Linear(4, 5)
    o = torch.optim.Adam(l.parameters(), 0.1)
    x = leaf(2, 3, 4)
    loss = l(x).sum()
    loss.backward(retain_graph=True)
    o.step()
    loss.backward()
attempt(case)

def case():
    w = leaf(3, 3)
    y = w @ leaf(3, 3)
    with torch.no_grad():
        w.add_(1)
    y.sum().backward()
attempt(case)

def case():
    x = leaf()
    (x * 2).sum().backward()
    y = x.sum()
    y.backward()
    y.backward()
    z = x * 2
    s = z.sum()
    s.backward()
    s.backward()
attempt(case)

def case():
    x = leaf(4, 3) * 1
    y = x[0]
    z = y * y
    x[1] = 5
    z.sum().backward()
attempt(case)

def case():
    x = leaf() * 1
    y = x.sigmoid()
    x.mul_(2)
    y.sum().backward()
attempt(case)

def case():
    x = leaf() * 1
    y = x.detach()
    z = x * x
    y.mul_(2)
    z.sum().backward()
attempt(case)

def case():
    x = leaf() * 1
    y = x.data
    z = x * x
    y.mul_(2)
    z.sum().backward()
attempt(case)

def case():
    x = leaf()
    y = x.unbind()
    y[0].add_(1)
attempt(case)

def case():
    x = leaf() * 1
    y = x.unbind()
    y[0].add_(1)
attempt(case)

def case():
    x = leaf() * 1
    y = x.split(1)
    y[0].add_(1)
    y[0].sum().backward()
attempt(case)

def case():
    x = leaf()
    x[0] = 1
attempt(case)

def case():
    x = leaf()
    x.view(3).add_(1)
attempt(case)

def case():
    x = leaf()
    with torch.no_grad():
        y = x.view(3)
    y.add_(1)
attempt(case)

def case():
    x = leaf() * 1
    with torch.no_grad():
        y = x.view(3)
    y.add_(1)
attempt(case)

def case():
    x = leaf(3, 1).expand(3, 3) * 1
    y = torch.ones(3, 1).expand(3, 3)
    y.add_(1)
attempt(case)

def case():
    x = leaf()
    y = torch.ones(3)
    y.add_(x)
    return (y.requires_grad, y.grad_fn.name())
attempt(case)

def case():
    l = nn.LSTM(3, 4)
    x = torch.ones(2, 1, 3)
    h = None
    loss = 0
    o, h = l(x, h)
    o.sum().backward()
    o, h = l(x, h)
    o.sum().backward()
attempt(case)

def case():
    x = leaf()
    y = x * x
    torch.autograd.grad(y.sum(), x)
    torch.autograd.grad(y.sum(), x)
attempt(case)

def case():
    x = leaf()
    y = F.relu(x * 1)
    y += 1
    y.sum().backward()
attempt(case)

def case():
    x = leaf(2, 3)
    bn = nn.BatchNorm1d(3)
    y = F.relu(bn(x), inplace=True)
    y.sum().backward()
    return x.grad
attempt(case)

def case():
    x = torch.ones(3, dtype=torch.long)
    x.requires_grad_()
attempt(case)

def case():
    x = leaf()
    torch.add(x, x, out=torch.ones(3))
attempt(case)

def case():
    x = leaf()
    x.numpy()
attempt(case)

def case():
    x = leaf()
    x.sum().backward(torch.ones(2))
attempt(case)

def case():
    x = leaf()
    (x * 2).backward()
attempt(case)

def case():
    torch.ones(3).sum().backward()
attempt(case)

def case():
    x = leaf()
    y = x * 2
    y.requires_grad_(False)
attempt(case)

def case():
    x = leaf()
    y = x * 2
    y.requires_grad = False
attempt(case)

def case():
    x = leaf()
    x.resize_(6)
attempt(case)

def case():
    x = leaf()
    x.squeeze_()
    return x.t_()
attempt(case)

def case():
    x = leaf() * 1
    y = x.unsqueeze(0)
    x.t_()
attempt(case)

def case():
    x = leaf()
    x.data = torch.ones(3, dtype=torch.long)
attempt(case)

def case():
    x = leaf()
    x.grad = torch.ones(2)
attempt(case)

def case():
    x = leaf()
    x.grad = torch.ones(3).double()
attempt(case)

def case():
    x = leaf()
    torch.autograd.grad(x.sum(), torch.ones(2, requires_grad=True))
attempt(case)

def case():
    x = leaf()
    torch.autograd.grad(x.sum(), torch.ones(2))
attempt(case)

def case():
    x = leaf()
    y = x * 2
    y.retain_grad()
    y.sum().backward()
    return (y.grad, x.retains_grad)
attempt(case)

def case():
    x = leaf()
    return copy.deepcopy(x * 2)
attempt(case)

def case():
    x = leaf(3, 3)
    y = x.clone()
    y[0] *= 2
    y[:, 1] = y[:, 0] * y[:, 2]
    y.sum().backward()
    return x.grad
attempt(case)

def case():
    x = leaf(3)
    y = x.clone()
    z = y ** 2
    y[0] = 4
    z.sum().backward()
attempt(case)

def case():
    x = leaf(3)
    y = x.softmax(0)
    y[0] = 0
    y.sum().backward()
attempt(case)

def case():
    x = leaf(3)
    y = x.tanh()
    y = y * 2
    y += 1
    y.sum().backward()
    return x.grad
attempt(case)

def case():
    x = leaf(3)
    h = torch.zeros(5, 3)
    for i in range(5):
        h[i] = (h[i - 1] if i else x) * x
    h.sum().backward()
attempt(case)

def case():
    c = nn.Conv1d(2, 2, 1)
    x = leaf(1, 2, 4)
    y = c(x)
    y = F.relu_(y)
    z = c(y)
    y.add_(1)
    z.sum().backward()
attempt(case)


# Of each function: whether its backward still runs when its first tensor, its second and its result were written to, and when it ran before.
def writes(function, *shapes, low=0.1, high=0.9):
    found = ""
    for written in (*range(len(shapes)), "result", "twice"):
        torch.manual_seed(0)
        tensors = [torch.rand(shape).mul_(high - low).add_(low).requires_grad_().mul(1) if isinstance(shape, tuple) else shape for shape in shapes]
        try:
            result = function(*tensors)
            result = result[0] if isinstance(result, tuple) else result
            loss = result.sum()
            if written == "twice":
                loss.backward(retain_graph=True)
                torch.autograd.grad(result, tensors[0], torch.ones(result.shape))
                torch.autograd.grad(result, tensors[0], torch.ones(result.shape))
            elif written == "result":
                result.mul_(1)
                result.sum().backward()
            elif isinstance(tensors[written], torch.Tensor) and tensors[written].is_floating_point():
                tensors[written].mul_(1)
                loss.backward()
            else:
                continue
            found += "-"
        except RuntimeError as error:
            found += {"one": "w", "Try": "t", "a v": "v", "Out": "o"}.get(str(error)[:3], str(error)[:60])
    return found


UNARY = """abs acos acosh asin asinh atan atanh cos cosh sin sinh tan tanh log log10 log2 log1p erf erfc erfinv lgamma digamma i0 exp expm1 sqrt rsqrt reciprocal
    square sign floor round trunc frac neg relu sigmoid sum mean prod std var max min amax amin norm logsumexp cumsum cumprod  softmax log_softmax
    logcumsumexp clone contiguous t flip tril triu diagonal trace flatten   argsort sort   isfinite expand_as positive"""
for name in UNARY.split():
    if name in ("argsort", "isfinite", "expand_as"):
        continue
    arguments = {"logsumexp": (0,), "cumsum": (0,), "cumprod": (0,), "softmax": (0,), "log_softmax": (0,), "logcumsumexp": (0,), "flip": (0,), "sort": (0,), "cummax": (0,)}.get(name, ())
    low, high = (1.5, 3) if name == "acosh" else (0.1, 0.9)
    print(name, writes(lambda x: getattr(x, name)(*arguments), (3, 3), low=low, high=high))
for name in """gelu silu mish elu celu selu leaky_relu softplus hardtanh relu6 hardswish hardsigmoid hardshrink softshrink logsigmoid softsign tanhshrink glu relu softmin
        normalize dropout""".split():
    arguments = {"softmin": (0,), "softplus": (2.0,)}.get(name, ())
    print(name, writes(lambda x: getattr(F, name)(x, *arguments), (4, 4)))
for name, (function, *shapes) in {
    "add": (torch.add, (3,), (3,)), "sub": (torch.sub, (3,), (3,)), "mul": (torch.mul, (3,), (3,)), "div": (torch.div, (3,), (3,)), "pow": (torch.pow, (3,), (3,)), "pow 3": (lambda x: x ** 3, (3,)),
    "rpow": (lambda x: 2 ** x, (3,)), "mul 2": (lambda x: x * 2, (3,)), "div 2": (lambda x: x / 2, (3,)), "rdiv": (lambda x: 2 / x, (3,)), "maximum": (torch.maximum, (3,), (3,)), "minimum": (torch.minimum, (3,), (3,)),
    "atan2": (torch.atan2, (3,), (3,)), "hypot": (torch.hypot, (3,), (3,)), "fmod": (torch.fmod, (3,), (3,)), "remainder": (torch.remainder, (3,), (3,)), "logaddexp": (torch.logaddexp, (3,), (3,)),
    "matmul": (torch.matmul, (3, 3), (3, 3)), "mm": (torch.mm, (3, 3), (3, 3)), "bmm": (torch.bmm, (2, 3, 3), (2, 3, 3)), "mv": (torch.mv, (3, 3), (3,)), "dot": (torch.dot, (3,), (3,)), "batched": (torch.matmul, (2, 3, 3), (3, 3)),
    "einsum": (lambda x, y: torch.einsum("ij,jk->ik", x, y), (3, 3), (3, 3)), "outer": (torch.outer, (3,), (3,)), "linear": (F.linear, (2, 3), (4, 3), (4,)), 
    "conv1d": (F.conv1d, (1, 2, 5), (3, 2, 2), (3,)), "conv2d": (F.conv2d, (1, 2, 4, 4), (3, 2, 2, 2), (3,)), "conv_transpose2d": (F.conv_transpose2d, (1, 2, 3, 3), (2, 3, 2, 2)),
    "layer_norm": (lambda x, w, b: F.layer_norm(x, (4,), w, b), (3, 4), (4,), (4,)), "batch_norm": (lambda x, w, b: F.batch_norm(x, None, None, w, b, True), (3, 4), (4,), (4,)),
    "group_norm": (lambda x, w, b: F.group_norm(x, 2, w, b), (3, 4, 2), (4,), (4,)), "rms_norm": (lambda x, w: F.rms_norm(x, (4,), w), (3, 4), (4,)), "prelu": (F.prelu, (2, 3), (3,)),
    "clamp": (lambda x: x.clamp(0.2, 0.6), (3,)), "clamp min": (lambda x: x.clamp(min=0.2), (3,)), "where": (lambda x, y: torch.where(x > 0.5, x, y), (3,), (3,)), "masked_fill": (lambda x: x.masked_fill(x > 0.5, 0), (3,)),
    "sum 0": (lambda x: x.sum(0), (3, 3)), "mean 0": (lambda x: x.mean(0), (3, 3)),
    "max 0": (lambda x: x.max(0)[0], (3, 3)), "var 0": (lambda x: x.var(0), (3, 3)), "std 0": (lambda x: x.std(0), (3, 3)), "norm 0": (lambda x: x.norm(dim=0), (3, 3)), "prod 0": (lambda x: x.prod(0), (3, 3)), "topk": (lambda x: x.topk(2, 0)[0], (3, 3)),
    "gather": (lambda x: x.gather(0, torch.tensor([[0, 1, 2]])), (3, 3)), "index": (lambda x: x[torch.tensor([0, 2])], (3, 3)), "index_select": (lambda x: x.index_select(0, torch.tensor([0])), (3, 3)), "slice": (lambda x: x[1:], (3, 3)),
    "cat": (lambda x, y: torch.cat([x, y]), (3,), (3,)), "stack": (lambda x, y: torch.stack([x, y]), (3,), (3,)),
    "max_pool2d": (lambda x: F.max_pool2d(x, 2), (1, 1, 4, 4)), "avg_pool2d": (lambda x: F.avg_pool2d(x, 2), (1, 1, 4, 4)), "adaptive": (lambda x: F.adaptive_avg_pool2d(x, 2), (1, 1, 4, 4)), "adaptive 1": (lambda x: F.adaptive_avg_pool2d(x, 1), (1, 1, 4, 4)), "adaptive max": (lambda x: F.adaptive_max_pool2d(x, 2), (1, 1, 4, 4)),
    "max_pool1d": (lambda x: F.max_pool1d(x, 2), (1, 1, 4)), "interpolate": (lambda x: F.interpolate(x, scale_factor=2), (1, 1, 4, 4)), "bilinear up": (lambda x: F.interpolate(x, scale_factor=2, mode="bilinear"), (1, 1, 4, 4)), "pad": (lambda x: F.pad(x, (1, 1)), (1, 4)), 
    "unfold": (lambda x: F.unfold(x, 2), (1, 1, 4, 4)), "pixel_shuffle": (lambda x: F.pixel_shuffle(x, 2), (1, 4, 2, 2)), "attention": (F.scaled_dot_product_attention, (1, 3, 4), (1, 3, 4), (1, 3, 4)), "embedding": (lambda w: F.embedding(torch.tensor([0, 1]), w), (3, 4)),
    "l1_loss": (F.l1_loss, (3,), (3,)), "kl_div": (F.kl_div, (3,), (3,)),
    "cross_entropy": (lambda x: F.cross_entropy(x, torch.tensor([0, 1])), (2, 3)), "nll_loss": (lambda x: F.nll_loss(x, torch.tensor([0, 1])), (2, 3)), "cosine": (F.cosine_similarity, (2, 3), (2, 3)), 
    "inverse": (lambda x: (x + torch.eye(3)).inverse(), (3, 3)), "det": (torch.det, (3, 3)), "softmax 1": (lambda x: F.softmax(x, 1), (2, 3)), "repeat": (lambda x: x.repeat(2), (3,)), "roll": (lambda x: x.roll(1), (3,)), "expand": (lambda x: x.expand(2, 3).clone(), (3,)), "double": (lambda x: x.double(), (3,)),
    "view": (lambda x: x.view(9), (3, 3)), "permute": (lambda x: x.permute(1, 0), (3, 3)), "squeeze": (lambda x: x.unsqueeze(0).squeeze(0), (3,)), "chunk": (lambda x: x.chunk(2)[0], (4,)), "unbind": (lambda x: x.unbind(0)[0], (2, 3)), "detach sum": (lambda x: x * x.detach(), (3,)), "cumsum": (lambda x: x.cumsum(0), (3,)),
    "relu_": (lambda x: (x * 1).relu_(), (3,)), "sin_": (lambda x: (x * 1).sin_(), (3,)), "exp_": (lambda x: (x * 1).exp_(), (3,)), "mul_": (lambda x, y: (x * 1).mul_(y), (3,), (3,)), "clamp_": (lambda x: (x * 1).clamp_(0.2, 0.5), (3,)), 
    "addcmul_": (lambda x, y: (x * 1).addcmul_(y, y), (3,), (3,)), "add_": (lambda x, y: (x * 1).add_(y), (3,), (3,)), "div_": (lambda x, y: (x * 1).div_(y), (3,), (3,)), "lerp_": (lambda x, y: (x * 1).lerp_(y, 0.2), (3,), (3,)), "sigmoid_": (lambda x: (x * 1).sigmoid_(), (3,)), "silu_": (lambda x: F.silu(x * 1, inplace=True), (3,)), "gru": (lambda x: torch.nn.GRU(3, 3)(x)[0], (2, 1, 3)),
    "masked_fill_": (lambda x: (x * 1).masked_fill_(x > 0.5, 0), (3,)), "pow_": (lambda x: (x * 1).pow_(2), (3,)), "sub_": (lambda x: (x * 1).sub_(0.5), (3,)), "hardtanh_": (lambda x: F.hardtanh(x * 1, inplace=True), (3,)),
}.items():
    torch.manual_seed(0)
    print(name, writes(function, *shapes))

# Operations that PyTorch does not differentiate
for name, function in (("floor_divide", lambda x: x // 2), ("floor_divide, and something else", lambda x: x // 2 + x), ("heaviside", lambda x: torch.heaviside(x, torch.tensor(0.5)))):
    try:
        function(torch.ones(3, requires_grad=True)).sum().backward()
        print(name, "passed")
    except RuntimeError as error:
        print(name, error)
