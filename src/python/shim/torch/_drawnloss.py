"""Losses of torch.nn by their names, and each of them taken of targets that are drawn: for a file that names its loss and has no data for it."""
import inspect

from _lens.learning import training

from . import _drawing
from ._dtype import dtype_of
from .nn import functional as F
from .nn.modules import loss as modules


def _values(output):
    return _drawing.randn(output.shape, dtype=output.dtype)


def _classes(output):
    axis = 0 if output.dim() == 1 else 1
    shape = [size for place, size in enumerate(output.shape) if place != axis]
    return _drawing.randint(0, output.shape[axis], shape, dtype=dtype_of("int64"))


def _labels(output):
    return _drawing.randint(0, 2, output.shape, dtype=dtype_of("int64")).to(output.dtype)


def _signs(output):
    return 2 * _labels(output) - 1


def _probabilities(output):
    return F.softmax(_values(output), -1)


def _counts(output):
    return _drawing.randint(0, 5, output.shape, dtype=dtype_of("int64")).to(output.dtype)


# Function → how its targets are drawn. Those that take more than an output and targets are not here.
_TARGETS = {
    "l1_loss": _values, "smooth_l1_loss": _values, "huber_loss": _values, "kl_div": _probabilities, "poisson_nll_loss": _counts, "soft_margin_loss": _signs,
    "hinge_embedding_loss": _signs, "multi_margin_loss": _classes, "multilabel_soft_margin_loss": _labels,
}
_MODULES = {name: cls for name, cls in vars(modules).items() if isinstance(cls, type) and issubclass(cls, modules._Loss) and hasattr(cls, "function")}
# Function → quick-train's kind, and whether it takes probabilities.
_KINDS = {cls.function: cls.seen for cls in _MODULES.values() if cls.seen}
# Name of a class or function → the function that it is.
LOSSES = {name: cls.function for name, cls in _MODULES.items()}
LOSSES.update({function: function for function in LOSSES.values()})


def drawn_loss(function, output, settings):
    """The loss of an output against drawn targets (a scalar tensor), else None. `settings`: keywords that the file writes."""
    if function in _KINDS:
        training.saw_loss(*_KINDS[function])
        return None
    draw = _TARGETS.get(function)
    if draw is None or not output.is_floating_point() or output.dim() == 0:
        return None
    take = getattr(F, function)
    known = inspect.signature(take).parameters
    kept = {name: value for name, value in settings.items() if name in known and name not in ("reduction", "reduce", "size_average")}
    try:
        return take(output, draw(output), **kept)
    except (RuntimeError, ValueError):  # an output that this loss cannot take
        return None
