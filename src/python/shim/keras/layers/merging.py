"""Layers that join several inputs."""
from .._backend import shaping
from .._backend.elementwise import binary
from .._backend.linear import einsum
from .._backend.reductions import normalize
from .._backend.shapes import broadcast
from .layer import Layer


class _Merge(Layer):
    supports_masking = True

    def call(self, inputs):
        if not isinstance(inputs, (list, tuple)):
            raise ValueError(f"A merge layer should be called on a list of inputs. Received: inputs={inputs} (not a list of tensors)")
        try:
            broadcast(*(tuple(t.shape) for t in inputs))
        except ValueError:
            shapes = [tuple(t.shape) for t in inputs]
            raise ValueError(f"Inputs have incompatible shapes. Received shapes {shapes[0][1:]} and {shapes[1][1:]}") from None
        return self.merged(inputs)

    def compute_mask(self, inputs, mask=None):
        return None


def _folded(op):
    def merged(self, inputs):
        total = inputs[0]
        for other in inputs[1:]:
            total = binary(op)(total, other)
        return total
    return merged


_TABLE = {"Add": _folded("add"), "Multiply": _folded("mul"), "Maximum": _folded("maximum"), "Minimum": _folded("minimum"),
          "Average": lambda self, inputs: binary("div")(_folded("add")(self, inputs), float(len(inputs))),
          "Subtract": _folded("sub")}
globals().update({_name: type(_name, (_Merge,), {"merged": _merged, "__module__": __name__}) for _name, _merged in _TABLE.items()})


class Concatenate(_Merge):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def call(self, inputs):
        shapes = [tuple(t.shape) for t in inputs]
        axis = self.axis % len(shapes[0])
        for shape in shapes[1:]:
            if len(shape) != len(shapes[0]) or any(n != m for a, (n, m) in enumerate(zip(shape, shapes[0])) if a != axis):
                raise ValueError(
                    "A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. "
                    f"Received: input_shape={shapes}")
        return shaping.concatenate(list(inputs), self.axis)

    def _summary(self):
        return f"axis={self.axis}"


class Dot(_Merge):
    def __init__(self, axes, normalize=False, **kwargs):
        super().__init__(**kwargs)
        self.axes, self.normalize = axes, normalize

    def call(self, inputs):
        a, b = inputs
        axes = [self.axes] * 2 if isinstance(self.axes, int) else list(self.axes)
        axes = [axis % len(t.shape) for axis, t in zip(axes, inputs)]
        if self.normalize:
            a, b = normalize(a, axes[0]), normalize(b, axes[1])
        left, right = "abcd"[:len(a.shape)], "aefg"[:len(b.shape)]
        left = left[:axes[0]] + "z" + left[axes[0] + 1:]
        right = right[:axes[1]] + "z" + right[axes[1] + 1:]
        kept = (left + right[1:]).replace("z", "")
        result = einsum(f"{left},{right}->{kept}", a, b)
        return shaping.expand_dims(result, 1) if len(result.shape) == 1 else result


def function(cls):
    """`keras.layers.add(inputs)` and the like: the layer, made and called."""
    def call(inputs, *args, **kwargs):
        return cls(*args, **kwargs)(inputs)
    return call


add, multiply, maximum, minimum, average, subtract = (
    function(globals()[_name]) for _name in ("Add", "Multiply", "Maximum", "Minimum", "Average", "Subtract"))
concatenate = function(Concatenate)


def dot(inputs, axes, normalize=False, **kwargs):
    return Dot(axes, normalize, **kwargs)(inputs)
