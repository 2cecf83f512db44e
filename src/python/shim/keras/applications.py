"""keras.applications: ready-made architectures, which are not supported yet."""
from _lens import door as _door


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise _door.UnsupportedError(f"keras.applications.{name} is not supported yet")
