"""Shapes and parts of complex tensors: the operations of the pairs, of which the last axis stays."""
from ._complex import ComplexTensor, of_pairs, of_parts, parts_of
from ._size import axis, shape_of


def _along(name):
    """A method whose first argument (or `dim`) is one axis, or a tuple of them, of what is shown."""
    def method(self, *args, **kwargs):
        def shown(dim):
            return [axis(d, self.dim()) for d in dim] if isinstance(dim, (tuple, list)) else axis(dim, self.dim())
        if "dim" in kwargs:
            kwargs["dim"] = shown(kwargs["dim"])
        else:
            args = (shown(args[0]), *args[1:])
        result = getattr(self._pairs, name)(*args, **kwargs)
        return tuple(map(of_pairs, result)) if isinstance(result, tuple) else of_pairs(result)
    method.__name__ = name
    return method


def _sized(name):
    """A method of sizes, to which those of the pair are added."""
    def method(self, *sizes):
        return of_pairs(getattr(self._pairs, name)(*shape_of(sizes), {"repeat": 1}.get(name, 2)))
    method.__name__ = name
    return method


for _name in ("narrow", "select", "index_select", "flip"):
    setattr(ComplexTensor, _name, _along(_name))
for _name in ("reshape", "view", "expand", "repeat"):
    setattr(ComplexTensor, _name, _sized(_name))
for _name in ("clone", "detach", "contiguous"):
    setattr(ComplexTensor, _name, (lambda name: lambda self, *args, **kwargs: of_pairs(getattr(self._pairs, name)()))(_name))


def _in_parts(name):
    """What is done to the real part and to the imaginary one alike."""
    def method(self, *args, **kwargs):
        return of_parts(*(getattr(part, name)(*args, **kwargs) for part in parts_of(self)), name)
    method.__name__ = name
    return method


for _name in ("diag_embed", "diag", "diagflat", "gather", "take_along_dim", "trace", "repeat_interleave", "rot90"):
    setattr(ComplexTensor, _name, _in_parts(_name))


def _method(function):
    setattr(ComplexTensor, function.__name__, function)
    return function


@_method
def permute(self, *dims):
    return of_pairs(self._pairs.permute(*(axis(d, self.dim()) for d in shape_of(dims)), self.dim()))


@_method
def transpose(self, dim0, dim1):
    return of_pairs(self._pairs.transpose(axis(dim0, self.dim()), axis(dim1, self.dim())))


@_method
def movedim(self, source, destination):
    places = [[axis(d, self.dim()) for d in ([given] if isinstance(given, int) else given)] for given in (source, destination)]
    return of_pairs(self._pairs.movedim(*places))


@_method
def diagonal(self, offset=0, dim1=0, dim2=1):
    return of_pairs(self._pairs.diagonal(offset, axis(dim1, self.dim()), axis(dim2, self.dim())).movedim(-1, -2))


@_method
def unfold(self, dimension, size, step):
    return of_pairs(self._pairs.unfold(axis(dimension, self.dim()), size, step).movedim(-1, -2))


@_method
def t(self):
    return self if self.dim() < 2 else transpose(self, 0, 1)


@_method
def squeeze(self, dim=None):
    dims = range(self.dim()) if dim is None else [dim] if isinstance(dim, int) else dim
    gone = {axis(d, self.dim()) for d in dims}
    return self.reshape([size for d, size in enumerate(self.shape) if d not in gone or size != 1])


@_method
def unsqueeze(self, dim):
    return of_pairs(self._pairs.unsqueeze(axis(dim, self.dim() + 1)))


@_method
def flatten(self, start_dim=0, end_dim=-1):
    if self.dim() == 0:
        return self.reshape(1)
    return of_pairs(self._pairs.flatten(axis(start_dim, self.dim()), axis(end_dim, self.dim())))


@_method
def unflatten(self, dim, sizes):
    return of_pairs(self._pairs.unflatten(axis(dim, self.dim()), sizes))


@_method
def unbind(self, dim=0):
    return tuple(map(of_pairs, self._pairs.unbind(axis(dim, self.dim()))))


@_method
def split(self, split_size, dim=0):
    return tuple(map(of_pairs, self._pairs.split(split_size, axis(dim, self.dim()))))


@_method
def chunk(self, chunks, dim=0):
    return tuple(map(of_pairs, self._pairs.chunk(chunks, axis(dim, self.dim()))))


@_method
def roll(self, shifts, dims=None):
    if dims is None:
        return self.reshape(-1).roll(shifts, 0).reshape(self.shape)
    return of_pairs(self._pairs.roll(shifts, axis(dims, self.dim()) if isinstance(dims, int) else [axis(d, self.dim()) for d in dims]))


@_method
def stride(self, dim=None):
    strides = tuple(step // 2 for step in self._pairs.stride()[:-1])
    return strides if dim is None else strides[axis(dim, self.dim())]


@_method
def is_contiguous(self, memory_format=None):
    return self._pairs.is_contiguous()


@_method
def masked_fill(self, mask, value):
    from ._complex_math import choose
    return choose(mask, value, self)


def _triangle(name):
    def method(self, diagonal=0):
        pairs = self._pairs.movedim(-1, 0)
        return of_pairs(getattr(pairs, name)(diagonal).movedim(0, -1))
    method.__name__ = name
    return _method(method)


tril, triu = _triangle("tril"), _triangle("triu")


@_method
def view_as(self, other):
    return self.view(other.size())


@_method
def expand_as(self, other):
    return self.expand(*other.size())


def _key(self, index):
    """An index of what is shown, as one of the pairs: the last axis stays whole."""
    items = index if isinstance(index, tuple) else (index,)
    return (*items, slice(None)) if any(item is Ellipsis for item in items) else (*items, Ellipsis)


@_method
def __getitem__(self, index):
    return of_pairs(self._pairs[_key(self, index)])


@_method
def __setitem__(self, index, value):
    from ._complex_math import as_complex
    self._pairs[_key(self, index)] = as_complex(value, self.dtype)._pairs


ComplexTensor.T = property(lambda self: self.permute(list(range(self.dim()))[::-1]))
ComplexTensor.mT = property(lambda self: self.transpose(-2, -1))
del _name
