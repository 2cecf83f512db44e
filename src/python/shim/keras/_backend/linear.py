"""Products: matmul, tensordot, einsum, and what is made of them."""
import string

from _lens import door

from .elementwise import pair
from .errors import InvalidArgumentError
from .shapes import axis_of, product
from .tensor import value_of, wrap


def swap_last(value):
    rank = len(value.shape)
    return door.record("permute", [value], dims=[*range(rank - 2), rank - 1, rank - 2])


def matmul(x, y, transpose_a=False, transpose_b=False, strict=False):
    a, b = pair(x, y, strict, "MatMul")
    if transpose_a:
        a = swap_last(a)
    if transpose_b:
        b = swap_last(b)
    if strict and (len(a.shape) < 2 or len(b.shape) < 2):
        raise InvalidArgumentError(f"In[0] and In[1] has different ndims: {list(a.shape)} vs. {list(b.shape)} [Op:MatMul]")
    inner = b.shape[-2] if len(b.shape) > 1 else b.shape[0]
    if a.shape[-1] != inner:
        name = "MatMul" if len(a.shape) == 2 else "BatchMatMulV2"
        raise InvalidArgumentError(
            f"Matrix size-incompatible: In[0]: [{','.join(map(str, a.shape))}], In[1]: [{','.join(map(str, b.shape))}] [Op:{name}]")
    return wrap(door.record("matmul", [a, b]))


def dot(x, y):
    """NumPy's dot: the last axis of x with the last but one of y."""
    a, b = pair(x, y, False, "Dot")
    if not a.shape or not b.shape:
        return wrap(door.record("mul", [a, b]))
    if len(b.shape) <= 2:
        return matmul(a, b)
    return tensordot(a, b, [[len(a.shape) - 1], [len(b.shape) - 2]])


def tensordot(x, y, axes=2):
    a, b = pair(x, y, False, "Tensordot")
    if isinstance(axes, int):
        axes_a = list(range(len(a.shape) - axes, len(a.shape)))
        axes_b = list(range(axes))
    else:
        axes_a, axes_b = ([axis_of(i, len(v.shape)) for i in (part if isinstance(part, (list, tuple)) else [part])]
                          for part, v in zip(axes, (a, b)))
    letters = iter(string.ascii_letters)
    names_a = [next(letters) for _ in a.shape]
    names_b = [next(letters) for _ in b.shape]
    for i, j in zip(axes_a, axes_b):
        names_b[j] = names_a[i]
    kept = [n for i, n in enumerate(names_a) if i not in axes_a] + [n for j, n in enumerate(names_b) if j not in axes_b]
    return wrap(_contract(a, names_a, b, names_b, kept))


def outer(x, y):
    a, b = pair(x, y, False, "Outer")
    return wrap(door.record("mul", [door.record("reshape", [a], shape=[product(a.shape), 1]),
                                    door.record("reshape", [b], shape=[1, product(b.shape)])]))


def _arranged(value, names, wanted):
    """`value` with its axes in the order `wanted`, axes of size 1 where it has none."""
    present = [n for n in wanted if n in names]
    dims = [names.index(n) for n in present]
    if dims != list(range(len(dims))):
        value = door.record("permute", [value], dims=dims)
    sizes = dict(zip(present, value.shape))
    shape = [sizes.get(n, 1) for n in wanted]
    return value if shape == list(value.shape) else door.record("reshape", [value], shape=shape)


def _summed(value, names, gone):
    dims = [i for i, n in enumerate(names) if n in gone]
    if dims:
        value = door.record("sum", [value], dim=dims, keepdim=False)
    return value, [n for n in names if n not in gone]


def _diagonal(value, names):
    """Axes that share a letter within one operand become one."""
    for name in dict.fromkeys(names):
        while names.count(name) > 1:
            i = names.index(name)
            j = names.index(name, i + 1)
            n = value.shape[i]
            eye = door.record("eye", n=n, m=n, dtype=value.dtype)
            shape = [n if axis in (i, j) else 1 for axis in range(len(names))]
            masked = door.record("mul", [value, door.record("reshape", [eye], shape=shape)])
            value = door.record("sum", [masked], dim=[j], keepdim=False)
            names = names[:j] + names[j + 1:]
    return value, names


def _contract(a, names_a, b, names_b, kept):
    """Product of two operands over the letters that are not kept, as one batched matmul."""
    a, names_a = _summed(a, names_a, set(names_a) - set(names_b) - set(kept))
    b, names_b = _summed(b, names_b, set(names_b) - set(names_a) - set(kept))
    shared = [n for n in names_a if n in names_b]
    batch = [n for n in shared if n in kept]
    inner = [n for n in shared if n not in kept]
    left = [n for n in names_a if n not in names_b]
    right = [n for n in names_b if n not in names_a]
    size = {}
    for names, value in ((names_a, a), (names_b, b)):
        for name, n in zip(names, value.shape):
            size[name] = max(n, size.get(name, 1))

    def matrix(value, names, rows, columns):
        value = _arranged(value, names, batch + rows + columns)
        lead = list(value.shape[:len(batch)])
        return door.record("reshape", [value], shape=lead + [product(size[n] for n in rows), product(size[n] for n in columns)])

    result = door.record("matmul", [matrix(a, names_a, left, inner), matrix(b, names_b, inner, right)])
    order = batch + left + right
    result = door.record("reshape", [result], shape=[size[n] for n in order])
    return _arranged(result, order, kept)


def einsum(equation, *operands):
    equation = equation.replace(" ", "")
    left, arrow, right = equation.partition("->")
    terms = left.split(",")
    values = [value_of(o) for o in operands]
    if len(terms) != len(values):
        raise ValueError(f"einsum equation {equation!r} names {len(terms)} operands, but {len(values)} were given")
    spare = [c for c in string.ascii_letters if c not in equation]
    longest = max((len(v.shape) - len(t.replace("...", "")) for t, v in zip(terms, values) if "..." in t), default=0)
    dots = spare[:longest]
    names = []
    for term, value in zip(terms, values):
        count = len(value.shape) - len(term.replace("...", ""))
        full = list(term.replace("...", "".join(dots[longest - count:]))) if "..." in term else list(term)
        if len(full) != len(value.shape):
            raise ValueError(f"einsum operand {term!r} does not fit a tensor of shape {tuple(value.shape)}")
        names.append(full)
    if arrow:
        kept = list(right.replace("...", "".join(dots)))
    else:
        counts = "".join("".join(n) for n in names)
        kept = dots + sorted({c for c in counts if counts.count(c) == 1 and c not in dots})
    value, current = _diagonal(values[0], names[0])
    for position in range(1, len(values)):
        other, other_names = _diagonal(values[position], names[position])
        later = {c for rest in names[position + 1:] for c in rest}
        needed = [n for n in dict.fromkeys(current + other_names) if n in kept or n in later]
        if other.dtype != value.dtype:
            value, other = pair(wrap(value), wrap(other), False, "Einsum")
        value, current = _contract(value, current, other, other_names, needed), needed
    value, current = _summed(value, current, set(current) - set(kept))
    return wrap(_arranged(value, current, kept))


def trace(x):
    value = value_of(x)
    return wrap(door.record("sum", [diag_part(value).value], dim=[len(value.shape) - 2], keepdim=False))


def diag_part(x):
    value = value_of(x)
    n, m = value.shape[-2:]
    eye = door.record("eye", n=n, m=m, dtype=value.dtype)
    kept = door.record("sum", [door.record("mul", [value, eye])], dim=[len(value.shape) - 1 if n <= m else len(value.shape) - 2], keepdim=False)
    return wrap(kept)


def diag(x):
    value = value_of(x)
    if len(value.shape) == 2:
        return diag_part(x)
    n = value.shape[-1]
    eye = door.record("eye", n=n, m=n, dtype=value.dtype)
    return wrap(door.record("mul", [eye, door.record("reshape", [value], shape=[*value.shape, 1])]))


def orthonormal_rows(rows):
    """A Value (n, m) with n <= m, its rows made orthonormal in order (Gram-Schmidt, block by block so that the work is in matmul)."""
    n = rows.shape[0]
    if n == 1:
        squares = door.record("sum", [door.record("square", [rows])], dim=[1], keepdim=True)
        return door.record("mul", [rows, door.record("rsqrt", [squares])])
    half = n // 2
    top = orthonormal_rows(door.record("slice", [rows], dim=0, start=0, end=half, step=1))
    rest = door.record("slice", [rows], dim=0, start=half, end=n, step=1)
    along = door.record("matmul", [door.record("matmul", [rest, swap_last(top)]), top])
    bottom = orthonormal_rows(door.record("sub", [rest, along]))
    return door.record("cat", [top, bottom], dim=0)
