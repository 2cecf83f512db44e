"""torch.optim"""
import sys as _sys

from .. import _public_names
from . import _adaptive, _algorithms, lbfgs, lr_scheduler
from ._adaptive import ASGD, Adadelta, Adafactor, Adamax, Muon, NAdam, RAdam, Rprop
from ._algorithms import SGD, Adagrad, Adam, AdamW, RMSprop, SparseAdam
from .lbfgs import LBFGS
from .optimizer import Optimizer
from . import swa_utils

__all__ = ["ASGD", "Adadelta", "Adafactor", "Adagrad", "Adam", "AdamW", "Adamax", "LBFGS", "Muon", "NAdam", "Optimizer", "RAdam", "RMSprop", "Rprop", "SGD",
           "SparseAdam", "lr_scheduler", "swa_utils"]

# PyTorch's own files, where these names are imported from them.
for _family in (_adaptive, _algorithms):
    for _class in vars(_family).copy().values():
        if isinstance(_class, type) and _class.__module__ == _family.__name__:
            _name = {"SparseAdam": "sparse_adam"}.get(_class.__name__, _class.__name__.lower())
            _sys.modules[f"{__name__}.{_name}"] = globals()[_name] = _family
del _family, _class, _name


def __getattr__(name):
    return _public_names.attribute("torch.optim", name)
