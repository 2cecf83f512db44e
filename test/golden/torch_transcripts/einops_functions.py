"""einops's functions on PyTorch's tensors and NumPy's arrays: values, views, gradients, errors."""
import numpy
import torch
from einops import EinopsError, asnumpy, einsum, pack, parse_shape, rearrange, reduce, repeat, unpack


def show(name, tensor):
    print(name, list(tensor.shape), tensor.dtype, [round(float(v), 3) for v in tensor.reshape(-1)[:6]])


def refused(name, call):
    try:
        call()
    except Exception as error:
        print(f"{name}: {type(error).__name__}: {error}")
    else:
        print(name, "is not refused")


def backward_of(tensor):
    return type(tensor.grad_fn).__name__


x = torch.arange(2 * 3 * 4 * 6, dtype=torch.float32).reshape(2, 3, 4, 6).requires_grad_()
print("rearrange")
for pattern, lengths in [
    ("b c h w -> b c h w", {}), ("b c h w -> b h w c", {}), ("b c h w -> b (c h w)", {}), ("b c h w -> (b c) h w", {}),
    ("b c (h p) (w q) -> b (h w) (p q c)", dict(p=2, q=3)), ("b c h (w q) -> b c h w q", dict(w=2)), ("b ... w -> w ... b", {}),
    ("b c ... -> b (...) c", {}), ("... -> (...)", {}), ("b c h w -> b 1 c h w ()", {}), ("... (h d) -> ... h d", dict(h=3)),
    ("b c h w -> (w h c b)", {}), ("b (c 1) h w -> b c h w", {}), ("b c h w -> b (h 1) (c 1) w", {}),
]:
    y = rearrange(x, pattern, **lengths)
    show(pattern, y)
    print("  ", y.is_contiguous(), y.stride(), y.data_ptr() == x.data_ptr(), backward_of(y))
show("list", rearrange([x, x + 1], "n b c h w -> b (n c) h w"))
show("unitary", rearrange(torch.ones(1, 3, 1), "1 c () -> c"))
show("(...) of rank 0", rearrange(torch.tensor(3.0), "... -> (...)"))
print("reduce")
for pattern, reduction, lengths in [
    ("b c h w -> b c", "mean", {}), ("b c h w -> b c 1 1", "max", {}), ("b c (h 2) (w 3) -> b c h w", "min", {}), ("b c h w -> ", "sum", {}),
    ("b c h w -> c", "prod", {}), ("b (c g) ... -> g b", "sum", dict(g=3)), ("b c h w -> w", "sum", {}), ("... c h w -> ... h", "mean", {}),
]:
    y = reduce(x / 50, pattern, reduction, **lengths)
    show(f"{pattern} {reduction}", y)
    (gradient,) = torch.autograd.grad(y.square().sum(), x)
    show("   gradient", gradient)
    print("  ", backward_of(y))
show("any", reduce(x > 140, "b c h w -> b c", "any").int())
show("all", reduce(x > 10, "b c h w -> b c", "all").int())
show("callable", reduce(x, "b c h w -> b c", lambda tensor, axes: tensor.var(dim=axes)))
print("repeat")
for pattern, lengths in [
    ("b c h w -> b c h w n", dict(n=2)), ("b c h w -> (r b) c h w", dict(r=3)), ("b c h w -> b c (h 2) (w 3)", {}), ("b ... -> b r ...", dict(r=2)),
    ("b c h w -> n b m c h w", dict(m=2, n=3)), ("b c h w -> b c h w 1", {}),
]:
    y = repeat(x, pattern, **lengths)
    show(pattern, y)
    (gradient,) = torch.autograd.grad((y * torch.arange(y.numel()).reshape(y.shape)).sum(), x)
    show("   gradient", gradient)
    print("  ", y.is_contiguous(), y.stride(), backward_of(y))
show("parameter", repeat(torch.nn.Parameter(torch.ones(4)), "d -> b 1 d", b=2))
show("number", repeat(torch.tensor(2.0), " -> b c", b=2, c=3))
print("einsum")
a, b = torch.arange(12.0).reshape(2, 3, 2), torch.arange(8.0).reshape(2, 4)
show("named", einsum(a, b, "batch seq dim, dim out -> batch seq out"))
show("ellipsis", einsum(a, b, "... dim, dim out -> ... out"))
show("trace", einsum(torch.eye(3), "i i ->"))
show("underscore", einsum(a, "batch _ dim -> dim batch"))
print("pack")
packed, shapes = pack([torch.ones(2, 5), torch.zeros(2, 3, 5), torch.full((2, 2, 2, 5), 2.0)], "b * c")
show("packed", packed)
print(shapes)
for part in unpack(packed, shapes, "b * c"):
    show("part", part)
    print("  ", part.stride(), part.is_contiguous())
for part in unpack(packed, [(2,), (-1,), (1, 2)], "b * c"):
    show("part of unknown length", part)
cls, rest = unpack(torch.arange(12.0).reshape(1, 4, 3), [(), (3,)], "b * d")
show("token", cls), show("others", rest)
print("other")
print(parse_shape(x, "b _ h w"), parse_shape(x, "b ... w"), parse_shape(torch.ones(1, 5), "1 five"), parse_shape(torch.ones(2, 3), "2 d"))
print(type(asnumpy(x)).__name__, asnumpy(x).shape)
print("numpy")
n = numpy.arange(48, dtype="float32").reshape(2, 4, 6)
show("rearrange", rearrange(n, "a (b c) d -> c a (d b)", b=2))
show("reduce", reduce(n, "a b (c 3) -> c", "max"))
show("mean", reduce(n, "a b c -> 1 b", "mean"))
show("repeat", repeat(n, "a b c -> (r a) b c", r=2))
show("list", rearrange([n, n], "n a b c -> a n (b c)"))
show("einsum", einsum(n, n, "a b c, a d c -> b d"))
show("pack", pack([n, n[:, 0]], "a * d")[0])
print("written through")
base = torch.zeros(2, 4)
rearrange(base, "a (b c) -> a b c", b=2)[0, 1, 1] = 5
repeated = rearrange(base, "a b -> b a")
repeated[0, 1] = 7
print(base)
print("errors")
z = torch.zeros(2, 3, 4)
refused("rank", lambda: rearrange(z, "a b -> b a"))
refused("rank with ellipsis", lambda: rearrange(torch.zeros(2), "a b ... -> b a ..."))
refused("one side", lambda: rearrange(z, "a b c -> a b"))
refused("indivisible", lambda: rearrange(z, "a b (c d) -> a b c d", c=3))
refused("mismatch", lambda: rearrange(z, "a b c -> (a b) c", a=3))
refused("unit", lambda: rearrange(z, "a 1 c -> a c"))
refused("product", lambda: rearrange(z, "a (b c) d -> a b c d", b=2, c=2))
refused("unknown", lambda: rearrange(z, "a (b c) d -> a b c d"[:3] + "(b b2) d -> a b b2 d"))
refused("duplicate", lambda: rearrange(z, "a a b -> a b"))
refused("brackets", lambda: rearrange(z, "a (b (c)) -> a b c"))
refused("balance", lambda: rearrange(z, "a b c) -> a b c"))
refused("open", lambda: rearrange(z, "a b (c -> a b c"))
refused("character", lambda: rearrange(z, "a, b c -> a b c"))
refused("underscore", lambda: rearrange(z, "a _b c -> a _b c"))
refused("identifier", lambda: rearrange(z, "a 2b c -> a 2b c"))
refused("number", lambda: rearrange(z, "a b 4 -> a b 4"))
refused("zero", lambda: repeat(z, "a b c -> a b c 0"))
refused("dots", lambda: rearrange(z, "a .. c -> a .. c"))
refused("two ellipses", lambda: rearrange(z, "... a ... -> a"))
refused("right ellipsis", lambda: rearrange(z, "a b c -> ... a b c"))
refused("grouped ellipsis", lambda: rearrange(z, "(a ...) -> a ..."))
refused("unused", lambda: rearrange(z, "a b c -> c b a", d=2))
refused("name", lambda: rearrange(z, "a b c -> c b a", _d=2))
refused("no size", lambda: repeat(z, "a b c -> a b c d"))
refused("left of repeat", lambda: repeat(z, "a b c -> a b"))
refused("reduction", lambda: reduce(z, "a b c -> a b", "median"))
refused("right of reduce", lambda: reduce(z, "a b c -> a b d", "sum"))
refused("mean of integers", lambda: reduce(z.long(), "a b c -> a b", "mean"))
refused("empty list", lambda: rearrange([], "a b -> b a"))
refused("no tensor", lambda: rearrange(3.0, "a b -> b a"))
refused("einsum without arrow", lambda: einsum(z, "a b c"))
refused("einsum without pattern", lambda: einsum(z, z))
refused("einsum alone", lambda: einsum("a ->"))
refused("einsum composed", lambda: einsum(z, "a (b c) d -> a"))
refused("einsum number", lambda: einsum(z, "a b 4 -> a"))
refused("einsum unit", lambda: einsum(z, "a b () -> a"))
refused("einsum unknown", lambda: einsum(z, "a b c -> d"))
refused("pack without star", lambda: pack([z], "a b c"))
refused("pack of rank", lambda: pack([z, torch.zeros(2)], "a b *"))
refused("pack twice", lambda: pack([z], "a a *"))
refused("unpack of rank", lambda: unpack(z, [(1,)], "a *"))
refused("unpack twice unknown", lambda: unpack(z, [(-1,), (-1,)], "a b *"))
refused("unpack too much", lambda: unpack(z, [(3, 2), (1,)], "a b *"))
refused("composite shape", lambda: parse_shape(z, "a (b c) d"))
refused("rank of shape", lambda: parse_shape(z, "a b"))
refused("unit of shape", lambda: parse_shape(z, "a 1 c"))
refused("length of shape", lambda: parse_shape(z, "a 2 c"))
print(issubclass(EinopsError, RuntimeError))
