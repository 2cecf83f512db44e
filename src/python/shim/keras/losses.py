"""keras.losses: classes and functions, and which loss of quick-train each of them is."""
import math as _math

from _lens.learning import training as _training

from ._backend import operations as _operations
from ._backend.names import snake_case as _snake_case
from ._backend.tensor import as_tensor as _as_tensor
from ._backend.tensor import value_of as _value_of

_ops = _operations.ops


def _pair(y_true, y_pred):
    y_pred = _as_tensor(y_pred)
    return _as_tensor(_value_of(y_true, y_pred.value.dtype)), y_pred


def _mean(x):
    return _ops["mean"](x, axis=-1)


def mean_squared_error(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    return _mean(_ops["square"](y_pred - y_true))


def mean_absolute_error(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    return _mean(_ops["absolute"](y_pred - y_true))


def mean_absolute_percentage_error(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    return 100.0 * _mean(_ops["absolute"]((y_true - y_pred) / _ops["maximum"](_ops["absolute"](y_true), 1e-7)))


def mean_squared_logarithmic_error(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    logs = [_ops["log"](_ops["maximum"](y, 1e-7) + 1.0) for y in (y_pred, y_true)]
    return _mean(_ops["square"](logs[0] - logs[1]))


def huber(y_true, y_pred, delta=1.0):
    y_true, y_pred = _pair(y_true, y_pred)
    error = y_pred - y_true
    size = _ops["absolute"](error)
    return _mean(_ops["where"](size <= delta, 0.5 * _ops["square"](error), delta * size - 0.5 * delta * delta))


def log_cosh(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    error = y_pred - y_true
    return _mean(error + _ops["softplus"](-2.0 * error) - 0.6931471805599453)


def _signed(y_true):
    """Labels of 0 and 1 as -1 and 1; others as they are."""
    is_binary = _ops["all"](_ops["logical_or"](y_true == 0.0, y_true == 1.0))
    return _ops["where"](is_binary, 2.0 * y_true - 1.0, y_true)


def hinge(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    y_true = _signed(y_true)
    return _mean(_ops["maximum"](1.0 - y_true * y_pred, 0.0))


def squared_hinge(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    y_true = _signed(y_true)
    return _mean(_ops["square"](_ops["maximum"](1.0 - y_true * y_pred, 0.0)))


def kl_divergence(y_true, y_pred):
    y_true, y_pred = (_ops["clip"](y, 1e-7, 1.0) for y in _pair(y_true, y_pred))
    return _ops["sum"](y_true * _ops["log"](y_true / y_pred), axis=-1)


def poisson(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    return _mean(y_pred - y_true * _ops["log"](y_pred + 1e-7))


def cosine_similarity(y_true, y_pred, axis=-1):
    y_true, y_pred = _pair(y_true, y_pred)
    return -_ops["sum"](_ops["normalize"](y_true, axis=axis) * _ops["normalize"](y_pred, axis=axis), axis=axis)


def binary_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0, axis=-1):
    y_true, y_pred = _pair(y_true, y_pred)
    if label_smoothing:
        y_true = y_true * (1.0 - label_smoothing) + 0.5 * label_smoothing
    return _ops["mean"](_ops["binary_crossentropy"](y_true, y_pred, from_logits=from_logits), axis=axis)


def categorical_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0, axis=-1):
    y_true, y_pred = _pair(y_true, y_pred)
    if label_smoothing:
        y_true = y_true * (1.0 - label_smoothing) + label_smoothing / y_pred.shape[axis]
    return _ops["categorical_crossentropy"](y_true, y_pred, from_logits=from_logits, axis=axis)


def sparse_categorical_crossentropy(y_true, y_pred, from_logits=False, ignore_class=None, axis=-1):
    if ignore_class is None:
        return _ops["sparse_categorical_crossentropy"](y_true, y_pred, from_logits=from_logits, axis=axis)
    y_true, y_pred = _as_tensor(y_true), _as_tensor(y_pred)
    if len(y_true.shape) == len(y_pred.shape) and y_true.shape[axis] == 1:
        y_true = _ops["squeeze"](y_true, axis=axis)
    valid = y_true != ignore_class
    losses = _ops["sparse_categorical_crossentropy"](_ops["where"](valid, y_true, 0), _ops["where"](_ops["expand_dims"](valid, axis), y_pred, 0.0),
                                                     from_logits=from_logits, axis=axis)
    losses = _ops["where"](valid, losses, 0.0)
    losses._keras_mask = valid
    return losses


class Loss:
    """Base class: `call` gives a loss per sample, the instance their mean."""

    def __init__(self, name=None, reduction="sum_over_batch_size", dtype=None):
        self.name = name or _snake_case(type(self).__name__)
        self.reduction = reduction

    def call(self, y_true, y_pred):
        raise NotImplementedError("Subclasses must implement `call()`.")

    def __call__(self, y_true, y_pred, sample_weight=None):
        report(self)
        losses = _as_tensor(self.call(y_true, y_pred))
        if getattr(losses, "_keras_mask", None) is not None:
            losses = losses * self._weights(losses)
        if sample_weight is not None:
            losses = losses * _as_tensor(_value_of(sample_weight, losses.value.dtype))
        if self.reduction in (None, "none"):
            return losses
        return _ops["sum"](losses) if self.reduction == "sum" else _ops["mean"](losses)

    def _weights(self, losses):
        """0 where a loss is masked; the others' mean is over them alone."""
        kept = _as_tensor(_value_of(losses._keras_mask, losses.value.dtype))
        return kept if self.reduction in (None, "none", "sum") else kept / (_ops["mean"](kept) + 1e-7 / _math.prod(kept.shape))

    def get_config(self):
        return {"name": self.name, "reduction": self.reduction}


# class -> (function, names of its settings with their defaults, kind for quick-train)
_TABLE = {
    "MeanSquaredError": (mean_squared_error, {}, "mse"),
    "MeanAbsoluteError": (mean_absolute_error, {}, "mse"),
    "MeanAbsolutePercentageError": (mean_absolute_percentage_error, {}, "mse"),
    "MeanSquaredLogarithmicError": (mean_squared_logarithmic_error, {}, "mse"),
    "Huber": (huber, {"delta": 1.0}, "mse"),
    "LogCosh": (log_cosh, {}, "mse"),
    "Hinge": (hinge, {}, None),
    "SquaredHinge": (squared_hinge, {}, None),
    "KLDivergence": (kl_divergence, {}, None),
    "Poisson": (poisson, {}, None),
    "CosineSimilarity": (cosine_similarity, {"axis": -1}, None),
    "BinaryCrossentropy": (binary_crossentropy, {"from_logits": False, "label_smoothing": 0.0, "axis": -1}, "binary-cross-entropy"),
    "CategoricalCrossentropy": (categorical_crossentropy, {"from_logits": False, "label_smoothing": 0.0, "axis": -1}, "cross-entropy"),
    "SparseCategoricalCrossentropy": (sparse_categorical_crossentropy, {"from_logits": False, "ignore_class": None, "axis": -1},
                                      "cross-entropy"),
}


_NAMES = {"Huber": "huber_loss"}


def _loss_class(name, function, settings):
    def __init__(self, *args, reduction="sum_over_batch_size", name=None, dtype=None, **kwargs):
        Loss.__init__(self, name=name or _NAMES.get(type(self).__name__), reduction=reduction)
        chosen = {**settings, **dict(zip(settings, args)), **kwargs}
        unknown = set(chosen) - set(settings)
        if unknown:
            raise TypeError(f"{type(self).__name__}.__init__() got an unexpected keyword argument '{sorted(unknown)[0]}'")
        self.__dict__.update(chosen)
        self._settings = chosen

    def call(self, y_true, y_pred):
        return function(y_true, y_pred, **self._settings)

    return type(name, (Loss,), {"__init__": __init__, "call": call, "__module__": __name__})


globals().update({_name: _loss_class(_name, _function, _settings) for _name, (_function, _settings, _) in _TABLE.items()})

# other names of the functions
MSE = mse = mean_squared_error
MAE = mae = mean_absolute_error
MAPE = mape = mean_absolute_percentage_error
MSLE = msle = mean_squared_logarithmic_error
KLD = kld = kl_divergence
logcosh = log_cosh

_FUNCTIONS = {_function.__name__: _function for _function, _, _ in _TABLE.values()}
_ALIASES = {"mse": "mean_squared_error", "MSE": "mean_squared_error", "mae": "mean_absolute_error", "MAE": "mean_absolute_error",
            "mape": "mean_absolute_percentage_error", "msle": "mean_squared_logarithmic_error", "bce": "binary_crossentropy",
            "kld": "kl_divergence", "kullback_leibler_divergence": "kl_divergence", "logcosh": "log_cosh"}
_KINDS = {**{_name: _kind for _name, (_, _, _kind) in _TABLE.items()},
          **{_function.__name__: _kind for _function, _, _kind in _TABLE.values()}}


def get(identifier):
    if isinstance(identifier, str):
        name = _ALIASES.get(identifier, identifier)
        if name in _FUNCTIONS:
            return _FUNCTIONS[name]
        if name in _TABLE:
            return globals()[name]()
        raise ValueError(f"Could not interpret loss identifier: {identifier}")
    return identifier


def report(loss):
    """Tells quick-train which loss the file uses."""
    name = getattr(loss, "__name__", None) or type(loss).__name__
    kind = _KINDS.get(name)
    from_logits = bool(getattr(loss, "from_logits", False))
    if kind == "binary-cross-entropy" and from_logits:
        _training.saw_loss("binary-cross-entropy-with-logits")
    elif kind is not None:
        _training.saw_loss(kind, from_probabilities=kind == "cross-entropy" and not from_logits)
