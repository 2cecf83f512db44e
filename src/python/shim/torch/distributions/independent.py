"""torch.distributions.independent"""
from .distribution import Independent  # noqa: F401
