"""Layers that change shapes: Flatten, Reshape, padding, cropping, up-sampling."""
from _lens import door

from .._backend import images, shaping
from .._backend.convolution import first, last, per_axis
from .._backend.shapes import product
from .._backend.tensor import value_of, wrap
from .input_spec import InputSpec
from .layer import Layer


class Flatten(Layer):
    def __init__(self, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = data_format or "channels_last"
        self.input_spec = InputSpec(min_ndim=1)

    def call(self, inputs):
        value = value_of(inputs)
        if self.data_format == "channels_first" and len(value.shape) > 2:
            value = last(value)
        return wrap(door.record("reshape", [value], shape=[value.shape[0], product(value.shape[1:])]))

    def compute_output_shape(self, input_shape):
        rest = input_shape[1:]
        return (input_shape[0], None if None in rest else product(rest))


class Reshape(Layer):
    def __init__(self, target_shape, **kwargs):
        super().__init__(**kwargs)
        self.target_shape = (target_shape,) if isinstance(target_shape, int) else tuple(target_shape)

    def call(self, inputs):
        value = value_of(inputs)
        n = product(value.shape[1:])
        target = list(self.target_shape)
        if -1 in target:
            known = product(m for m in target if m != -1)
            if known and n % known == 0:
                target[target.index(-1)] = n // known
        if product(target) != n:
            raise ValueError(f"The total size of the tensor must be unchanged. Received: input_shape={tuple(value.shape[1:])}, "
                             f"target_shape={self.target_shape}")
        return wrap(door.record("reshape", [value], shape=[value.shape[0], *target]))

    def _summary(self):
        return str(self.target_shape)


class Permute(Layer):
    def __init__(self, dims, **kwargs):
        super().__init__(**kwargs)
        self.dims = tuple(dims)
        if sorted(self.dims) != list(range(1, len(self.dims) + 1)):
            raise ValueError("Invalid permutation argument `dims` for Permute Layer. The set of indices in `dims` must be consecutive and "
                             f"start from 1. Received dims={dims}")

    def call(self, inputs):
        return shaping.transpose(inputs, (0, *self.dims))


class RepeatVector(Layer):
    def __init__(self, n, **kwargs):
        super().__init__(**kwargs)
        self.n = n
        self.input_spec = InputSpec(ndim=2)

    def call(self, inputs):
        return shaping.repeat(shaping.expand_dims(inputs, 1), self.n, 1)


def _pairs(setting, rank):
    """((before, after), ...) from one number, one per axis, or pairs."""
    if isinstance(setting, int):
        return [(setting, setting)] * rank
    if rank == 1 and len(setting) == 2:
        return [tuple(setting)]
    return [(p, p) if isinstance(p, int) else tuple(p) for p in setting]


class BaseZeroPadding(Layer):
    rank = 2

    def __init__(self, padding=1, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.padding = _pairs(padding, self.rank)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        pads = [(0, 0), *self.padding, (0, 0)] if self.data_format == "channels_last" else [(0, 0), (0, 0), *self.padding]
        return shaping.pad(inputs, pads)


class BaseCropping(Layer):
    rank = 2

    def __init__(self, cropping=1, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.cropping = _pairs(cropping, self.rank)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        cuts = [slice(before, -after or None) for before, after in self.cropping]
        lead = [slice(None)] * (1 if self.data_format == "channels_last" else 2)
        return shaping.getitem(inputs, tuple(lead + cuts))


class BaseUpSampling(Layer):
    rank = 2

    def __init__(self, size=2, data_format=None, interpolation="nearest", **kwargs):
        super().__init__(**kwargs)
        self.size = per_axis(size, self.rank)
        self.data_format = data_format or "channels_last"
        if interpolation != "nearest" and interpolation not in images.MODES:
            raise door.UnsupportedError(f"up-sampling with interpolation {interpolation!r} is not supported")
        self.interpolation = interpolation

    def call(self, inputs):
        is_last = self.data_format == "channels_last"
        if self.interpolation != "nearest":
            value = value_of(inputs)
            value = first(value) if is_last else value
            size = [n * factor for n, factor in zip(value.shape[2:], self.size)]
            value = images.interpolate(value, size, images.MODES[self.interpolation])
            return wrap(last(value) if is_last else value)
        for offset, factor in enumerate(self.size):
            if factor != 1:
                inputs = shaping.repeat(inputs, factor, (1 if is_last else 2) + offset)
        return inputs


_TABLE = {f"{_name}{_rank}D": (_base, _rank) for _rank in (1, 2, 3)
          for _name, _base in (("ZeroPadding", BaseZeroPadding), ("Cropping", BaseCropping), ("UpSampling", BaseUpSampling))}
globals().update({_name: type(_name, (_base,), {"rank": _rank, "__module__": __name__}) for _name, (_base, _rank) in _TABLE.items()})


class Resizing(Layer):
    def __init__(self, height, width, interpolation="bilinear", crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode="constant",
                 fill_value=0.0, antialias=False, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.height, self.width, self.interpolation, self.antialias = height, width, interpolation, antialias
        self.crop_to_aspect_ratio, self.pad_to_aspect_ratio = crop_to_aspect_ratio, pad_to_aspect_ratio
        self.fill_mode, self.fill_value, self.data_format = fill_mode, fill_value, data_format or "channels_last"

    def call(self, data):
        return images.resize(data, (self.height, self.width), self.interpolation, self.antialias, self.crop_to_aspect_ratio,
                             self.pad_to_aspect_ratio, self.fill_mode, self.fill_value, self.data_format)


