"""torch.optim"""
from .. import _public_names
from . import lr_scheduler
from ._algorithms import NOT_YET, SGD, Adagrad, Adam, AdamW, RMSprop
from .optimizer import Optimizer

globals().update(NOT_YET)
__all__ = ["SGD", "Adagrad", "Adam", "AdamW", "Optimizer", "RMSprop", "lr_scheduler", *NOT_YET]


def __getattr__(name):
    raise _public_names.missing("torch.optim", name)
