"""keras.preprocessing.image: readers of image files, which are not supported."""
from _lens import door as _door


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise _door.UnsupportedError(f"keras.preprocessing.image.{name} is not supported: image files are not read")
