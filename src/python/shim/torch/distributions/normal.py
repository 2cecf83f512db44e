"""torch.distributions.normal"""
from ._continuous import Normal  # noqa: F401
