"""PyTorch Lightning: modules, data modules, and a trainer that enters one training step. Callbacks, loggers, profilers and strategies are ghosts."""
from _lens.missing.ghost import Ghost

from .data import LightningDataModule
from .hyperparameters import AttributeDict
from .module import LightningModule
from .trainer import Trainer

__version__ = "2.5.0"


class Callback:
    """Base class of callbacks: none is called."""


def seed_everything(seed=None, workers=False, verbose=True):
    import random

    import torch
    seed = 0 if seed is None else int(seed)
    random.seed(seed)
    torch.manual_seed(seed)
    import numpy
    numpy.random.seed(seed)
    return seed


def __getattr__(name):
    if name.startswith("__") and name.endswith("__"):
        raise AttributeError(name)
    return Ghost(f"pytorch_lightning.{name}")
