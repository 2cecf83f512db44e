"""keras.backend"""
from ._backend import names as _names
from ._backend import operations as _operations
from ._backend.dtypes import floatx, set_floatx  # noqa: F401
from ._backend.operations import is_keras_tensor  # noqa: F401
from ._backend.names import get_uid  # noqa: F401

_format = "channels_last"


def backend():
    return "tensorflow"


def clear_session(free_memory=True):
    _names.reset()


def image_data_format():
    return _format


def set_image_data_format(data_format):
    global _format
    _format = data_format


def epsilon():
    return 1e-7


def result_type(*dtypes):
    from ._backend.dtypes import promoted, standard
    return promoted([standard(getattr(d, "dtype", d)) for d in dtypes])


def _axis_op(name):
    return lambda x, axis=None, keepdims=False: _operations.ops[name](x, axis=axis, keepdims=keepdims)


sum, mean, max, min, prod, any, all = (_axis_op(_name) for _name in ("sum", "mean", "max", "min", "prod", "any", "all"))
for _name in ("exp", "log", "sqrt", "square", "abs", "relu", "sigmoid", "tanh", "softmax", "softplus", "elu", "reshape", "transpose",
              "maximum", "minimum", "equal", "expand_dims", "squeeze", "argmax", "cast", "one_hot", "std", "var", "sign", "round"):
    globals()[_name] = _operations.ops[_name]
zeros, ones, zeros_like, ones_like = _operations.zeros, _operations.ones, _operations.zeros_like, _operations.ones_like
cast, dot, pow = _operations.ops["cast"], _operations.ops["matmul"], _operations.ops["power"]


def concatenate(tensors, axis=-1):
    return _operations.ops["concatenate"](tensors, axis=axis)


def clip(x, min_value, max_value):
    return _operations.ops["clip"](x, min_value, max_value)


def flatten(x):
    return _operations.ops["reshape"](x, (-1,))


def int_shape(x):
    return tuple(x.shape)


shape = _operations.shape


def random_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    from ._backend.drawing import normal
    return normal(shape, mean, stddev, dtype, seed)


def learning_phase():
    return 0
