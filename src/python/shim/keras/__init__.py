"""Keras 3 as a recorder: real names, signatures and defaults; nothing is computed until somebody asks for a value."""
from . import (  # noqa: F401
    activations, backend, callbacks, constraints, datasets, initializers, layers, losses, metrics, models, ops, optimizers, random,
    regularizers, utils)
from ._backend.symbolic import KerasTensor  # noqa: F401
from ._backend.variable import Variable  # noqa: F401
from .initializers import Initializer  # noqa: F401
from .layers import Input, InputSpec, Layer  # noqa: F401
from .losses import Loss  # noqa: F401
from .metrics import Metric  # noqa: F401
from .models import Functional, Model, Sequential  # noqa: F401
from .optimizers import Optimizer  # noqa: F401
from .regularizers import Regularizer  # noqa: F401
from . import applications, config, preprocessing, saving  # noqa: F401,E402
from . import _adapter  # noqa: F401,E402

__version__ = "3.15.1"


def version():
    return __version__


def __getattr__(name):
    raise AttributeError(f"module 'keras' has no attribute '{name}'")
