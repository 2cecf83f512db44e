"""torch.distributions.categorical"""
from ._discrete import Categorical  # noqa: F401
