"""torch.distributions.multivariate_normal"""
from ._continuous import MultivariateNormal  # noqa: F401
