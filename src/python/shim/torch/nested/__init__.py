"""torch.nested: tensors of ragged shape are not there."""
from _lens.door import UnsupportedError


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'torch.nested' has no attribute '{name}'")
    raise UnsupportedError(f"torch.nested.{name} is not supported: tensors here are not ragged (pad them)")
