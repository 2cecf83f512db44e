"""What the runner does with NumPy between runs: its generator is seeded, its print options are the default ones."""
from _lens.framework import Framework

from . import _printing, random


class NumPy(Framework):
    """NumPy has no models of its own."""

    name = "numpy"

    def is_model(self, thing):
        return False

    def is_model_class(self, thing):
        return False

    def begin_run(self):
        random.seed(0)
        _printing.reset()

    def seed(self, seed):
        random.seed(seed % 2 ** 32)
