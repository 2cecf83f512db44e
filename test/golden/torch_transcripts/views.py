# What is written through a view reaches its base, and the other way round.
import torch


def attempted(name, view_of, base):
    """What the base holds after a write through the view, and the view after one to the base."""
    try:
        view = view_of(base)
    except Exception as error:
        return print(name, type(error).__name__, str(error).splitlines()[0][:150])
    parts = view if isinstance(view, (tuple, list)) else (view,)
    print(name, [tuple(part.shape) for part in parts], [part.stride() for part in parts], [part.storage_offset() for part in parts], parts[0].is_contiguous())
    try:
        for number, part in enumerate(parts):
            part.fill_(-1.0 - number) if not part.is_complex() else part.zero_()
        print("   base:", torch.view_as_real(base).flatten().tolist() if base.is_complex() else base.flatten().tolist())
    except Exception as error:
        print("  ", type(error).__name__, str(error).splitlines()[0][:150])
    base.zero_() if base.is_complex() else base.copy_(torch.arange(100.0, 100.0 + base.numel()).reshape(base.shape))
    print("   view:", [part.flatten().tolist() if not part.is_complex() else torch.view_as_real(part).flatten().tolist() for part in parts])


def vector():
    return torch.arange(12.0)


def matrix():
    return torch.arange(12.0).reshape(3, 4)


def cube():
    return torch.arange(24.0).reshape(2, 3, 4)


def complex_numbers():
    return torch.complex(torch.arange(4.0), -torch.arange(4.0)).reshape(2, 2)


views = {
    vector: {
        "as_strided": lambda x: x.as_strided((2, 3), (4, 1)), "as_strided with an offset": lambda x: torch.as_strided(x, (2, 2), (1, 5), 3),
        "as_strided of a view": lambda x: x[2:].as_strided((2, 2), (1, 2)), "as_strided that overlaps": lambda x: x.as_strided((3, 2), (1, 1)),
        "as_strided with stride 0": lambda x: x.as_strided((3, 2), (0, 1)), "as_strided without elements": lambda x: x.as_strided((0, 2), (2, 1)),
        "as_strided too large": lambda x: x.as_strided((4, 4), (4, 1)), "unfold": lambda x: x.unfold(0, 2, 2), "unfold that overlaps": lambda x: x.unfold(0, 3, 1),
        "unfold with a gap": lambda x: x.unfold(0, 2, 3), "unfold to the end": lambda x: x.unfold(0, 2, 10), "unfold of a view": lambda x: x[1::2].unfold(0, 2, 2)[1],
        "view": lambda x: x.view(3, 4), "reshape": lambda x: x.reshape(2, -1), "unflatten": lambda x: x.unflatten(0, (3, 4)), "narrow": lambda x: x.narrow(0, 2, 3),
        "split": lambda x: x.split(5), "split_with_sizes": lambda x: torch.split(x, [2, 3, 7]), "chunk": lambda x: x.chunk(5), "tensor_split": lambda x: x.tensor_split(5),
        "hsplit": lambda x: x.hsplit(3), "unbind": lambda x: x[:3].unbind(), "select": lambda x: x.select(0, -1), "expand": lambda x: x.expand(2, 12), "expand, one row": lambda x: x.expand(2, 12)[0],
        "expand of size 1": lambda x: x.expand(1, 12), "unsqueeze": lambda x: x.unsqueeze(1), "detach": lambda x: x.detach(), "data": lambda x: x.data, "view_as": lambda x: x.view_as(x),
        "slice of a slice": lambda x: x[1:11][::3][1:], "many slices": lambda x: x[1:][1:][1:][1:][:-1][:-1], "view_as_complex": lambda x: torch.view_as_complex(x.view(6, 2)),
        "ellipsis": lambda x: x[...], "None": lambda x: x[None], "alias": lambda x: torch.ops.aten.alias(x) if False else x.view(-1), "atleast_2d": lambda x: torch.atleast_2d(x),
        "ravel": lambda x: x.ravel(), "contiguous": lambda x: x.contiguous(), "positive": lambda x: torch.positive(x), "expand_as": lambda x: x.expand_as(x), "real": lambda x: x.real,
        "broadcast_to": lambda x: torch.broadcast_to(x, (1, 12)), "squeeze": lambda x: x.view(1, 12, 1).squeeze(), "squeeze of an axis": lambda x: x.view(1, 12, 1).squeeze(0),
        "meshgrid": lambda x: torch.meshgrid(x[:2], x[2:4], indexing="ij"), "broadcast_tensors": lambda x: torch.broadcast_tensors(x[:1], torch.zeros(2))[0],
    },
    matrix: {
        "diagonal": lambda x: x.diagonal(), "diagonal above": lambda x: torch.diagonal(x, 1), "diagonal below": lambda x: x.diagonal(-1), "diagonal of a part": lambda x: x[:, 1:].diagonal(),
        "diagonal of a transpose": lambda x: x.T.diagonal(1), "diag of a matrix": lambda x: torch.linalg.diagonal(x), "T": lambda x: x.T, "mT": lambda x: x.mT, "H": lambda x: x.H, "t": lambda x: x.t(),
        "transpose": lambda x: x.transpose(0, 1), "swapaxes": lambda x: x.swapaxes(0, 1), "swapdims": lambda x: torch.swapdims(x, 0, 1), "movedim": lambda x: x.movedim(0, 1),
        "moveaxis": lambda x: torch.moveaxis(x, 1, 0), "permute": lambda x: x.permute(1, 0), "adjoint": lambda x: x.adjoint(), "vsplit": lambda x: x.vsplit(3), "hsplit": lambda x: torch.hsplit(x, 2),
        "unbind": lambda x: x.unbind(1), "row": lambda x: x[1], "column": lambda x: x[:, 1], "element": lambda x: x[1, 2], "part": lambda x: x[1:, ::2], "rows by Ellipsis": lambda x: x[..., 0],
        "transposed, then flattened": lambda x: x.t().flatten(), "unfold": lambda x: x.unfold(1, 2, 2), "unfold of rows": lambda x: x.unfold(0, 2, 1), "unfold of a transpose": lambda x: x.t().unfold(0, 2, 2),
        "as_strided of a transpose": lambda x: x.t().as_strided((2, 2), (2, 1), 1), "view_as_complex": lambda x: torch.view_as_complex(x.view(3, 2, 2)), "chunk": lambda x: x.chunk(2, 1),
        "expand": lambda x: x.unsqueeze(0).expand(2, 3, 4), "expanded column": lambda x: x[:, :1].expand(3, 4), "narrow": lambda x: torch.narrow(x, 1, 1, 2), "flatten": lambda x: x.flatten(),
        "fliplr is a copy": lambda x: x.fliplr(), "by a mask is a copy": lambda x: x[x > 3], "by a list is a copy": lambda x: x[[0, 2]], "select": lambda x: torch.select(x, 1, 2),
        "transposed twice": lambda x: x.t().t().t(), "unbind of unbind": lambda x: x.unbind()[1].unbind()[2], "iterated": lambda x: list(x), "expand, then narrowed": lambda x: x.expand(2, 3, 4)[1, :, 1:3],
        "diagonal of unfold": lambda x: x.unfold(1, 2, 1).diagonal(0, 1, 2),
    },
    cube: {
        "dsplit": lambda x: x.dsplit(2), "movedim": lambda x: x.movedim((0, 1), (2, 0)), "mT": lambda x: x.mT, "diagonal of batches": lambda x: x.diagonal(0, 1, 2), "diagonal 0 2": lambda x: x.diagonal(1, 0, 2),
        "flatten": lambda x: x.flatten(1), "view": lambda x: x.view(6, 4), "select of a permuted one": lambda x: x.permute(2, 0, 1)[1], "unfold twice": lambda x: x.unfold(1, 2, 1).unfold(2, 2, 2),
        "squeeze": lambda x: x[:1].squeeze(0), "unflatten": lambda x: x.unflatten(2, (2, 2)), "split": lambda x: x.split(2, dim=1), "tensor_split": lambda x: x.tensor_split((1, 3), dim=2),
        "as_strided": lambda x: x.as_strided((2, 2, 2), (12, 5, 1), 1), "channels last": lambda x: x[None].contiguous(memory_format=torch.channels_last).as_strided((3, 2), (8, 1)),
    },
    complex_numbers: {
        "real": lambda z: z.real, "imag": lambda z: z.imag, "torch.real": lambda z: torch.real(z), "torch.imag": lambda z: torch.imag(z), "view_as_real": lambda z: torch.view_as_real(z),
        "T": lambda z: z.T, "row": lambda z: z[0], "view": lambda z: z.view(4), "real of a row": lambda z: z[1].real,
    },
}
for make, cases in views.items():
    for name, view_of in cases.items():
        attempted(f"{name} ({make.__name__})", view_of, make())

# gradients pass through them
for view_of in (lambda x: x.as_strided((2, 3), (4, 1)), lambda x: x.unfold(0, 3, 3), lambda x: x.view(3, 4).diagonal(), lambda x: x[1:][1:].as_strided((2, 2), (1, 3))):
    x = vector().requires_grad_()
    (view_of(x) ** 2).sum().backward()
    print(x.grad)
    x = vector().requires_grad_()
    y = x * 2
    view_of(y).mul_(3)
    y.sum().backward()
    print(x.grad, y.grad_fn is not None)
    with torch.no_grad():
        view_of(x).zero_()
    print(x)
    try:
        view_of(x).add_(1)
    except RuntimeError as error:
        print(error)

# in place, of a view's memory
x = vector()
y = x.as_strided((3, 2), (1, 3))
y += torch.arange(6.0).reshape(3, 2)
y[0] *= 10
y.T[1].neg_()
print(x, y, y._base is x, x.view(3, 4).t().view_as(torch.zeros(4, 3))._base is x)
deep = vector()
for _ in range(300):
    deep = deep.view(3, 4).t().t().view(-1)
deep[3] = -1
print(deep, deep.requires_grad)
tail = torch.arange(2000.0)
whole = tail
while len(tail) > 1:
    tail = tail[1:]
tail.fill_(-7)
print(whole[-2:], tail)
