"""keras.datasets: arrays of the real shapes, drawn at random. Nothing is downloaded; shapes and ranges are the real ones.

The row counts are cut (a batch is all that is ever looked at): what `x_train.shape` says first is not the real number.
"""
import sys as _sys
import types as _types

from _lens import door as _door

from .._backend import drawing as _drawing
from .._backend.tensor import wrap as _wrap

# name -> (shape of a sample, number of classes, or None: house prices)
_IMAGES = {"mnist": ((28, 28), 10), "fashion_mnist": ((28, 28), 10), "cifar10": ((32, 32, 3), 10), "cifar100": ((32, 32, 3), 100)}
_ROWS = {"train": 512, "test": 128}
_GENERATOR = 1_000_002


def _drawn(shape, low, high, dtype):
    value = _door.record("randint", generator=_GENERATOR, shape=list(shape), low=low, high=high, dtype=dtype)
    return _wrap(value).numpy()


def _image_set(name, shape, classes):
    def load_data(*args, **kwargs):
        _door.log(f"keras.datasets.{name}: random images of the real shape stand in for the data, which is not downloaded", "warning")
        _door.manual_seed(0, generator=_GENERATOR)
        label = (1,) if name.startswith("cifar") else ()
        return tuple((_drawn((rows, *shape), 0, 256, "uint8"), _drawn((rows, *label), 0, classes, "uint8")) for rows in _ROWS.values())
    module = _types.ModuleType(f"{__name__}.{name}")
    module.load_data = load_data
    return module


def _text_set(name, classes, words, length):
    def load_data(path=None, num_words=None, skip_top=0, maxlen=None, **kwargs):
        _door.log(f"keras.datasets.{name}: random word numbers stand in for the data, which is not downloaded", "warning")
        _door.manual_seed(0, generator=_GENERATOR)
        n = min(maxlen or length, length)
        return tuple((_drawn((rows, n), 1, num_words or words, "int32"), _drawn((rows,), 0, classes, "int64")) for rows in _ROWS.values())
    module = _types.ModuleType(f"{__name__}.{name}")
    module.load_data = load_data
    module.get_word_index = lambda path=None: {}
    return module


def _house_set(name, features):
    def load_data(*args, **kwargs):
        _door.log(f"keras.datasets.{name}: random numbers stand in for the data, which is not downloaded", "warning")
        _door.manual_seed(0, generator=_GENERATOR)
        return tuple((_drawing.normal((rows, features), seed=1).numpy(), _drawing.uniform((rows,), 5.0, 50.0, seed=2).numpy())
                     for rows in _ROWS.values())
    module = _types.ModuleType(f"{__name__}.{name}")
    module.load_data = load_data
    return module


globals().update({_name: _image_set(_name, *_row) for _name, _row in _IMAGES.items()})
imdb, reuters = _text_set("imdb", 2, 88586, 200), _text_set("reuters", 46, 30979, 200)
boston_housing, california_housing = _house_set("boston_housing", 13), _house_set("california_housing", 8)
_sys.modules.update({f"{__name__}.{_name}": globals()[_name] for _name in (
    *_IMAGES, "imdb", "reuters", "boston_housing", "california_housing")})
