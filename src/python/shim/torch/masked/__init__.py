"""torch.masked: tensors with a mask of their elements. Its names are known, and refused where they are used."""
from .. import _public_names


def __getattr__(name):
    return _public_names.attribute("torch.masked", name)
