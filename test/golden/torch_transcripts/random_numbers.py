# Random numbers of every function, to the bit: the first two and a checksum of all, at sizes about PyTorch's blocks of 16, one draw after another.
import array
import zlib
import torch
import torch.nn.functional as F
from torch import nn

SIZES = (0, 1, 2, 15, 16, 17, 100, 2053)
BF16, F16, F32, F64 = torch.bfloat16, torch.float16, torch.float32, torch.float64


def show(name, tensor):
    numbers = tensor.detach().flatten().tolist()
    bits = array.array("d", map(float, numbers)).tobytes()
    print(name, tuple(tensor.shape), tensor.dtype, numbers[:2], "%08x" % zlib.crc32(bits))


def each(name, draw, sizes=SIZES):
    torch.manual_seed(len(name))
    for size in sizes:
        show(name, draw(size))


def tenths(n, dtype=F32):
    return (torch.arange(n) % 8).to(dtype) / 8


for dtype in (F32, F16, BF16):
    each("uniform_", lambda n: torch.empty(n, dtype=dtype).uniform_(-0.3, 0.7))
    each("normal_", lambda n: torch.empty(n, dtype=dtype).normal_(0.1, 0.5))
    each("rand", lambda n: torch.rand(n, dtype=dtype))
    each("randn", lambda n: torch.randn(n, dtype=dtype))
    each("rand_like", lambda n: torch.rand_like(torch.empty(n, dtype=dtype)))
    each("randn_like", lambda n: torch.randn_like(torch.empty(n, dtype=dtype)))
    each("bernoulli_", lambda n: torch.empty(n, dtype=dtype).bernoulli_(0.3))
    each("bernoulli_ of a tensor", lambda n: torch.empty(n, dtype=dtype).bernoulli_(tenths(n, dtype)))
    each("bernoulli_ of a double tensor", lambda n: torch.empty(n, dtype=dtype).bernoulli_(tenths(n, F64)))
    each("bernoulli", lambda n: torch.bernoulli(tenths(n, dtype)))
    each("geometric_", lambda n: torch.empty(n, dtype=dtype).geometric_(0.3))
    each("poisson", lambda n: torch.poisson(torch.arange(n).to(dtype) % 64 / 2), SIZES[:-1])
    each("random_", lambda n: torch.empty(n, dtype=dtype).random_())
    each("randint", lambda n: torch.randint(3, 100, (n,), dtype=dtype))
for draw in (lambda t: t.exponential_(), lambda t: t.exponential_(1.7), lambda t: t.cauchy_(0.5, 2.0), lambda t: t.log_normal_(0.2, 0.7)):
    each("made of doubles", lambda n: draw(torch.empty(n)))
each("uniform_ of doubles", lambda n: torch.empty(n, dtype=F64).uniform_(-0.3, 0.7))
each("bernoulli of doubles", lambda n: torch.bernoulli(tenths(n, F64)))
each("normal of a size", lambda n: torch.normal(0.3, 0.7, (n,)))
each("normal of tensors", lambda n: torch.normal(tenths(n), tenths(n) + 0.5))
each("normal of a mean's tensor", lambda n: torch.normal(tenths(n), 0.3))
each("normal of a deviation's tensor", lambda n: torch.normal(0.3, tenths(n) + 0.5))
for dtype in (torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool):
    if dtype is not torch.bool:
        each("randint", lambda n: torch.randint(3, 100, (n,), dtype=dtype))
        each("randint_like", lambda n: torch.randint_like(torch.zeros(n, dtype=dtype), 100))
        each("random_ of bounds", lambda n: torch.empty(n, dtype=dtype).random_(5, 50))
        each("geometric_", lambda n: torch.empty(n, dtype=dtype).geometric_(0.3))
    if dtype not in (torch.int64, torch.int32):
        each("random_", lambda n: torch.empty(n, dtype=dtype).random_())
    each("bernoulli_", lambda n: torch.empty(n, dtype=dtype).bernoulli_(0.3))
each("randint of a wide range", lambda n: torch.randint(-5, 2 ** 31 - 6, (n,)))
each("randperm", torch.randperm)
each("randperm", torch.randperm, (70000,))

# The order is that of memory; normal numbers of 16 elements and more are drawn in pairs where memory is not contiguous.
each("normal_ of columns", lambda n: torch.zeros(3, n).t().normal_(), (1, 5, 6, 100))
each("normal_ of every second", lambda n: torch.zeros(n, 2)[:, 0].normal_(), (1, 15, 16, 17, 100))
each("normal_ of a part of each row", lambda n: torch.zeros(n, 5)[:, 1:3].normal_(), (1, 15, 16, 17, 100))
each("normal_ of rows", lambda n: torch.zeros(n + 2, 5)[1:-1].normal_(), (1, 3, 4, 100))
each("normal_ permuted", lambda n: torch.zeros(n, 3, 4)[:, :2].permute(2, 0, 1).normal_(), (1, 15, 100))
each("uniform_ permuted", lambda n: torch.zeros(n, 3, 4)[:, :2].permute(2, 0, 1).uniform_(), (1, 15, 100))
each("bernoulli_ of columns", lambda n: torch.zeros(3, n).t().bernoulli_(0.4), (1, 5, 100))
each("bernoulli_ of columns and a tensor", lambda n: torch.zeros(3, n).t().bernoulli_(tenths(3 * n).reshape(n, 3)), (1, 5, 100))
each("bernoulli of columns", lambda n: tenths(3 * n).reshape(3, n).t().bernoulli(), (1, 5, 100))
each("exponential_ of columns", lambda n: torch.zeros(3, n).t().exponential_(), (1, 5, 100))
each("randn_like columns", lambda n: torch.randn_like(torch.zeros(3, n).t()), (1, 5, 100))
each("randn_like a part", lambda n: torch.randn_like(torch.zeros(n, 5)[:, 1:3]), (1, 5, 100))
each("normal of columns", lambda n: torch.normal(torch.zeros(3, n).t(), torch.ones(3, n).t()), (1, 5, 100))
each("dropout of columns", lambda n: F.dropout(torch.ones(3, n).t(), 0.3), (1, 5, 100))

for dtype in (F32, F64):
    each("multinomial of one", lambda n: torch.multinomial(torch.arange(n).to(dtype) % 8 + 1, 1), SIZES[1:])
    each("multinomial without replacement", lambda n: torch.multinomial(torch.arange(n).to(dtype) % 8 + 1, n // 2 + 1), SIZES[1:])
    each("multinomial with replacement", lambda n: torch.multinomial(torch.arange(150).to(dtype).reshape(3, 50) % 8 + 1, n, True), SIZES[1:])
each("dropout", lambda n: F.dropout(torch.ones(n), 0.3))
each("dropout2d", lambda n: F.dropout2d(torch.ones(2, n, 2, 2), 0.3), (1, 5, 100))
each("alpha_dropout", lambda n: F.alpha_dropout(torch.ones(n), 0.3, True))

SHAPES = ((3, 5), (8, 3, 3, 3), (33, 17))
for dtype in (F32, BF16):
    each("xavier_uniform_", lambda s: nn.init.xavier_uniform_(torch.empty(s, dtype=dtype), 1.3), SHAPES)
    each("xavier_normal_", lambda s: nn.init.xavier_normal_(torch.empty(s, dtype=dtype), 1.3), SHAPES)
    each("kaiming_uniform_", lambda s: nn.init.kaiming_uniform_(torch.empty(s, dtype=dtype), 0.2), SHAPES)
    each("kaiming_normal_", lambda s: nn.init.kaiming_normal_(torch.empty(s, dtype=dtype), mode="fan_out", nonlinearity="relu"), SHAPES)
for mean, std, low, high in ((0.0, 1.0, -2.0, 2.0), (0.0, 0.02, -2.0, 2.0), (3.0, 1.0, -1.0, 1.5), (-0.5, 2.0, 0.0, 0.5)):
    each("trunc_normal_", lambda n: nn.init.trunc_normal_(torch.empty(n), mean, std, low, high))
each("sparse_", lambda s: nn.init.sparse_(torch.empty(s), 0.3), ((3, 5), (30, 4), (17, 5)))
each("dirac_", lambda s: nn.init.dirac_(torch.empty(s), 2), ((4, 2, 3), (4, 6, 3, 3)))
each("eye_", lambda s: nn.init.eye_(torch.empty(s)), ((3, 5), (5, 3)))


def mixed(n):
    """One after another, of the default generator and of one of its own: the second number of a pair waits for the next that needs one."""
    generator = torch.Generator().manual_seed(n)
    for count in (3, n, 1, 20, 2, 17, 5):
        for own in (None, generator):
            yield torch.empty(count).normal_(generator=own)
            yield torch.rand(count, generator=own)
            yield torch.randperm(count, generator=own)
            yield torch.empty(count).log_normal_(generator=own)
            yield torch.randint(0, 9, (count,), generator=own)
            yield torch.empty(count).bernoulli_(0.5, generator=own)
            yield torch.empty(count, 2)[:, 0].normal_(generator=own)
            yield torch.empty(count).exponential_(generator=own)
            yield torch.normal(torch.zeros(count), 2.0, generator=own)


for seed in (0, 1234567, 2 ** 40 + 7, 2 ** 63 - 1, -1, -12345):
    torch.manual_seed(seed)
    print(torch.initial_seed(), torch.Generator().initial_seed())
    for n in (2, 16, 99):
        show("mixed", torch.cat([part.float() for part in mixed(n)]))

for wrong in (lambda t: t.bernoulli_(1.5), lambda t: t.exponential_(-1), lambda t: t.cauchy_(0, -1), lambda t: t.geometric_(0),
              lambda t: t.log_normal_(0, 0), lambda t: torch.poisson(t - 1), lambda t: t.random_(5, 2), lambda t: t.random_(0),
              lambda t: torch.multinomial(t, 4), lambda t: torch.multinomial(t, 0), lambda t: torch.multinomial(t.reshape(1, 1, 3), 1),
              lambda t: torch.multinomial(t.long(), 1), lambda t: t.normal_(0, -1), lambda t: t.long().normal_(), lambda t: t.long().uniform_(),
              lambda t: t.long().log_normal_(), lambda t: t.int().exponential_(), lambda t: t.int().cauchy_(), lambda t: torch.poisson(t.int()),
              lambda t: t.uniform_(2, 1), lambda t: nn.init.orthogonal_(t), lambda t: nn.init.orthogonal_(t.half().reshape(1, 3))):
    try:
        print(wrong(torch.zeros(3)))
    except (RuntimeError, ValueError) as error:
        print(type(error).__name__, error)

torch.manual_seed(5)
weights = torch.softmax(torch.arange(10.0).view(2, 5), -1)
print(weights.multinomial(2), weights.multinomial(4, replacement=True), torch.multinomial(weights, 1))
print(weights.prelu(torch.tensor([0.1])), weights.hardshrink(0.3))
