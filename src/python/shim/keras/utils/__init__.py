"""keras.utils"""

from _lens import door as _door

from .._backend import drawing as _drawing
from .._backend import operations as _operations
from .._backend.tensor import Tensor as _Tensor
from .._backend.tensor import as_tensor as _as_tensor
from .sequences import pad_sequences

set_random_seed = _drawing.set_random_seed


def to_categorical(x, num_classes=None):
    """Class numbers as rows of zeros with one 1."""
    given = _as_tensor(x)
    if num_classes is None:
        num_classes = int(_operations.ops["max"](given)) + 1
    if len(given.shape) > 1 and given.shape[-1] == 1:
        given = given[..., 0]
    hot = _operations.ops["one_hot"](_operations.ops["cast"](given, "int64"), num_classes)
    return hot if isinstance(x, _Tensor) else hot.numpy()


def normalize(x, axis=-1, order=2):
    result = _operations.ops["normalize"](x, axis=axis, order=order)
    return result if isinstance(x, _Tensor) else result.numpy()


def plot_model(model, *args, **kwargs):
    """Draws nothing: the panel shows the model."""


model_to_dot = plot_model


def get_file(*args, **kwargs):
    raise _door.UnsupportedError("get_file is not supported: nothing is downloaded")


def register_keras_serializable(package="Custom", name=None):
    return lambda thing: thing


def get_custom_objects():
    return {}


def custom_object_scope(custom_objects):
    import contextlib
    return contextlib.nullcontext()


CustomObjectScope = custom_object_scope


def split_dataset(*args, **kwargs):
    raise _door.UnsupportedError("split_dataset is not supported")


def image_dataset_from_directory(*args, **kwargs):
    raise _door.UnsupportedError("image_dataset_from_directory is not supported: folders of images are not read")


class Sequence:
    """Base class of data that is fetched batch by batch."""

    def __init__(self, workers=1, use_multiprocessing=False, max_queue_size=10):
        pass

    def __getitem__(self, index):
        raise NotImplementedError

    def on_epoch_end(self):
        pass


PyDataset = Sequence


class Progbar:
    def __init__(self, *args, **kwargs):
        pass

    def update(self, *args, **kwargs):
        pass

    add = update


