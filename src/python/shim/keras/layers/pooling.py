"""Pooling layers, made from tables."""
import functools

from _lens import door

from .._backend import convolution
from .._backend.convolution import per_axis
from .._backend.tensor import value_of, wrap
from .input_spec import InputSpec
from .layer import Layer


class BasePooling(Layer):
    rank = 2
    pool = staticmethod(convolution.max_pool)

    def __init__(self, pool_size=2, strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.pool_size = tuple(per_axis(pool_size, self.rank))
        self.strides = self.pool_size if strides is None else tuple(per_axis(strides, self.rank))
        self.padding = padding.lower()
        self.data_format = data_format or "channels_last"
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def call(self, inputs):
        return self.pool(inputs, self.pool_size, self.strides, self.padding, self.data_format)

    def _summary(self):
        return str(self.pool_size)


class BaseGlobalPooling(Layer):
    rank = 2
    op = "mean"
    supports_masking = True

    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(**kwargs)
        self.data_format = data_format or "channels_last"
        self.keepdims = keepdims
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def call(self, inputs, mask=None):
        first = 1 if self.data_format == "channels_last" else 2
        dims = list(range(first, first + self.rank))
        value = value_of(inputs)
        if mask is not None and self.op == "mean" and self.rank == 1:
            kept = value_of(mask, value.dtype)
            kept = door.record("reshape", [kept], shape=[*kept.shape, 1])
            total = door.record("sum", [door.record("mul", [value, kept])], dim=dims, keepdim=self.keepdims)
            return wrap(door.record("div", [total, door.record("sum", [kept], dim=dims, keepdim=self.keepdims)]))
        return wrap(door.record(self.op, [value], dim=dims, keepdim=self.keepdims))

    def compute_mask(self, inputs, mask=None):
        return None


class BaseAdaptivePooling(Layer):
    rank = 2

    def __init__(self, output_size, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.output_size = per_axis(output_size, self.rank)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        value = value_of(inputs)
        if self.data_format != "channels_last":
            return wrap(door.record("adaptive_avg_pool", [value], outputSize=self.output_size))
        return wrap(convolution.last(door.record("adaptive_avg_pool", [convolution.first(value)], outputSize=self.output_size)))


_AVERAGE = {"pool": staticmethod(functools.partial(convolution.avg_pool, repeats_edges=True))}
_TABLE = {}
for _rank in (1, 2, 3):
    _TABLE[f"MaxPooling{_rank}D"] = (BasePooling, _rank, {})
    _TABLE[f"AveragePooling{_rank}D"] = (BasePooling, _rank, _AVERAGE)
    _TABLE[f"GlobalAveragePooling{_rank}D"] = (BaseGlobalPooling, _rank, {})
    _TABLE[f"GlobalMaxPooling{_rank}D"] = (BaseGlobalPooling, _rank, {"op": "amax"})
    _TABLE[f"AdaptiveAveragePooling{_rank}D"] = (BaseAdaptivePooling, _rank, {})
globals().update({_name: type(_name, (_base,), {"rank": _rank, "__module__": __name__, **_more})
                  for _name, (_base, _rank, _more) in _TABLE.items()})
# the names of Keras 1, which are still written
ALIASES = {f"{_short}{_rank}D": f"{_long}{_rank}D" for _rank in (1, 2, 3)
           for _short, _long in (("MaxPool", "MaxPooling"), ("AvgPool", "AveragePooling"), ("GlobalAvgPool", "GlobalAveragePooling"),
                                 ("GlobalMaxPool", "GlobalMaxPooling"))}
globals().update({_alias: globals()[_name] for _alias, _name in ALIASES.items()})
