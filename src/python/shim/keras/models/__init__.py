"""keras.models"""
from _lens import door as _door

from .functional import Functional
from .model import Model
from .sequential import Sequential


def load_model(filepath, *args, **kwargs):
    raise _door.UnsupportedError(f"load_model is not supported: the file's architecture is not read ({filepath})")


def save_model(model, filepath=None, *args, **kwargs):
    """Writes nothing: model code has no disk."""


def model_from_json(*args, **kwargs):
    raise _door.UnsupportedError("model_from_json is not supported")


def clone_model(model, *args, **kwargs):
    raise _door.UnsupportedError("clone_model is not supported")
