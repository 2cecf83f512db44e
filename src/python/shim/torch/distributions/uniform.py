"""torch.distributions.uniform"""
from ._continuous import Uniform  # noqa: F401
