"""torch.distributions.log_normal"""
from ._continuous import LogNormal  # noqa: F401
