"""Tensors in pickles, and `torch.save` and `torch.load`: what is saved stays in memory, until the run ends.

An object that is saved under a path is kept as it is (copied), so that nothing is computed for it; a file-like object gets a pickle.
"""
import copy
import os
import pickle

from _lens import diagnostics, door
from _lens.recording import site
from _lens.missing.ghost import Ghost

from ._dtype import DTYPES
from ._tensor import wrap

_saved = {}  # path → what was saved there in this run


def begin_run():
    """Forgets what the run before saved."""
    _saved.clear()


def reduced(tensor):
    """What a pickle holds of a tensor: its numbers, dtype and shape, and whether it is a parameter."""
    from ._complex import ComplexTensor
    from .nn.parameter import Buffer, Parameter
    if isinstance(tensor, ComplexTensor):
        raise door.UnsupportedError("pickling a complex tensor is not supported yet")
    kind = next((cls for cls in (Parameter, Buffer) if isinstance(tensor, cls)), None)
    numbers = door.read(tensor.value)
    return _rebuilt, (kind, tensor.requires_grad, numbers.tobytes(), tensor.value.dtype, tuple(tensor.value.shape))


def _rebuilt(kind, requires_grad, numbers, dtype, shape):
    tensor = wrap(door.constant(numbers, DTYPES[dtype].name, shape))
    if kind is not None:
        return kind(tensor, requires_grad) if kind.__name__ == "Parameter" else kind(tensor)
    return tensor.requires_grad_(requires_grad)


def save(obj, f, pickle_module=pickle, pickle_protocol=2, _use_new_zipfile_serialization=True, _disable_byteorder_record=False):
    """Nothing is written to disk: what is saved under a path can be loaded from it in the same run."""
    if hasattr(f, "write"):
        pickle.dump(obj, f)
    elif isinstance(f, (str, os.PathLike)):
        _saved[os.fspath(f)] = copy.deepcopy(obj)
    else:
        raise AttributeError(f"'{type(f).__name__}' object has no attribute 'write'")


def load(f, map_location=None, pickle_module=pickle, *, weights_only=True, mmap=None, **pickle_load_args):
    """What was saved in this run. A file is not read: something stands in for its content that leaves a model's weights as they are."""
    if hasattr(f, "read"):
        return pickle.load(f)
    path = os.fspath(f)
    if path in _saved:
        return copy.deepcopy(_saved[path])
    return stand_in(f"`torch.load` does not read {os.path.basename(path)}", "torch.load")


def stand_in(what, call):
    """For saved weights that are not here: whatever is done with it has no effect."""
    diagnostics.report("skipped", "information", f"{what}: the model keeps the weights it was constructed with", site.here())
    return Ghost(f"{call}(…)", (call, (), {}))
