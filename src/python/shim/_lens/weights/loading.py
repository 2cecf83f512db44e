"""Loads the given file of weights into a model, and says what did not fit."""
from .. import diagnostics, door
from . import npz, safetensors, torchfile
from .given import WeightsError
from .matching import matched, targets_of

_READERS = {"safetensors": safetensors.arrays, "npz": npz.arrays, "torch": torchfile.arrays}
_MOST_NAMES = 5
_MOST_MISMATCHES = 10


class File:
    """The file as the request tells of it: see src/python/pythonWeights.ts."""

    def __init__(self, name, format, layout, failure):
        self.name, self.format, self.layout, self.failure = name, format, layout, failure

    def arrays(self):
        """{name: Stored}. Raises WeightsError."""
        if self.failure is not None:
            raise WeightsError(self.failure)
        return _READERS[self.format]()


def load(file, state, model_name):
    """Gives the arrays of `state`, [(names, array)], the numbers of the file.

    Returns a sentence on what was loaded; None, with the reason reported, where nothing was.
    """
    targets = targets_of(state)
    try:
        match = matched(targets, file.arrays())
        fitting = [(target, stored) for target, stored in match.pairs if _fits(stored, target)]
        for target, stored in fitting:
            _assign(target.array, stored)
    except (WeightsError, OverflowError) as error:
        _say(f"{file.name}: {error}")
        return None
    _report_mismatches([pair for pair in match.pairs if pair not in fitting])
    if not fitting:
        if not match.pairs:
            _say(f"none of the {len(targets)} tensors of `{model_name}` is in {file.name}"
                 + (f", which holds {_listed(match.unexpected)}" if match.unexpected else ", which holds none"))
        return None
    if match.missing:
        _say(f"{len(match.missing)} of {len(targets)} tensors were not found in the file: {_listed([target.name for target in match.missing])}", "warning")
    if match.unexpected:
        count = len(match.unexpected)
        _say(f"{count} {'tensor' if count == 1 else 'tensors'} of the file {'is' if count == 1 else 'are'} not of the model: {_listed(match.unexpected)}", "warning")
    return f"weights of {file.name}" + ("" if len(fitting) == len(targets) else f" ({len(fitting)} of {len(targets)} tensors)")


def _fits(stored, target):
    wanted = tuple(target.array.value.shape)
    # as PyTorch: one number was an array of one before 0.4
    return tuple(stored.shape) == wanted or wanted == () and tuple(stored.shape) == (1,)


def _assign(array, stored):
    own = array.value
    value = stored.value(own.dtype)
    array.assign(value if value.shape == own.shape else door.record("reshape", [value], shape=list(own.shape)))


def _report_mismatches(pairs):
    """In PyTorch's words."""
    for target, stored in pairs[:_MOST_MISMATCHES]:
        _say(f"size mismatch for {target.name}: copying a param with shape {_size(stored.shape)} from checkpoint, "
             f"the shape in current model is {_size(target.array.value.shape)}.", kind="shape")
    if len(pairs) > _MOST_MISMATCHES:
        _say(f"the sizes of {len(pairs) - _MOST_MISMATCHES} more tensors do not fit", kind="shape")


def _size(shape):
    return f"torch.Size({list(shape)})"


def _listed(names):
    names = list(names)
    rest = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f", and {rest} more" if rest > 0 else "")


def _say(message, severity="error", kind="skipped"):
    diagnostics.report(kind, severity, f"weights: {message}")
