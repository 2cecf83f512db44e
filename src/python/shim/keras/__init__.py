"""Keras 3 as a recorder: real names, signatures and defaults; nothing is computed until somebody asks for a value."""
from . import (
    activations, backend, callbacks, constraints, datasets, initializers, layers, losses, metrics, models, ops, optimizers, random,
    regularizers, utils)
from ._backend.symbolic import KerasTensor
from ._backend.variable import Variable
from .initializers import Initializer
from .layers import Input, InputSpec, Layer
from .losses import Loss
from .metrics import Metric
from .models import Functional, Model, Sequential
from .optimizers import Optimizer
from .regularizers import Regularizer
from . import applications, config, preprocessing, saving
from . import _adapter

__version__ = "3.15.1"


def version():
    return __version__


def __getattr__(name):
    raise AttributeError(f"module 'keras' has no attribute '{name}'")
