"""torch.distributions.laplace"""
from ._continuous import Laplace  # noqa: F401
