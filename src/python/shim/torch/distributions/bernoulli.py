"""torch.distributions.bernoulli"""
from ._discrete import Bernoulli  # noqa: F401
