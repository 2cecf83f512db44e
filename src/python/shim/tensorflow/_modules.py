"""TensorFlow's module tree: `tf.nn`, `tf.math`, … made from the tables, and `tensorflow.keras.…` as other names of keras's modules."""
import sys
import types

from _lens import door
from keras._backend.errors import InvalidArgumentError

PREFIX = "tensorflow"


def made(name, functions, **more):
    """A module `tensorflow.NAME` that holds these functions; another name in it is said to be unsupported."""
    path = f"{PREFIX}.{name}"
    module = types.ModuleType(path)
    module.__dict__.update(functions)
    module.__dict__.update(more)
    module.__path__ = []

    def missing(attribute):
        if attribute.startswith("__"):
            raise AttributeError(f"module '{path}' has no attribute '{attribute}'")
        raise door.UnsupportedError(f"tf.{name}.{attribute} is not supported")
    module.__getattr__ = missing
    sys.modules[path] = module
    return module


def unsupported(name, reason):
    path = f"{PREFIX}.{name}"
    module = types.ModuleType(path)
    module.__path__ = []

    def missing(attribute):
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        raise door.UnsupportedError(reason)
    module.__getattr__ = missing
    sys.modules[path] = module
    return module


def alias_keras():
    """`import tensorflow.keras.layers` and the like, for every module of keras that is public."""
    for name, module in list(sys.modules.items()):
        if name == "keras" or name.startswith("keras.") and "._" not in name:
            sys.modules[f"{PREFIX}.{name}"] = module
            if name == "keras" or name.count(".") == 1:
                sys.modules[f"{PREFIX}.python.{name}"] = module


ERRORS = {"InvalidArgumentError": InvalidArgumentError,
          **{name: type(name, (Exception,), {"__module__": "tensorflow.python.framework.errors_impl"})
             for name in ("OpError", "NotFoundError", "ResourceExhaustedError", "OutOfRangeError", "UnimplementedError", "InternalError")}}
