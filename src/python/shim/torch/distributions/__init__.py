"""torch.distributions: those that models draw from and score with; the others say that they are not there."""
from _lens import later

from . import constraints, kl, transforms
from ._continuous import Laplace, LogNormal, MultivariateNormal, Normal, Uniform
from ._counting import Geometric, MixtureSameFamily, Poisson, RelaxedBernoulli, RelaxedOneHotCategorical
from ._discrete import Bernoulli, Categorical, OneHotCategorical, OneHotCategoricalStraightThrough
from ._positive import Beta, Cauchy, Chi2, Dirichlet, Exponential, Gamma, StudentT
from ._transformed import Gumbel, HalfNormal, Pareto, TransformedDistribution, Weibull
from .distribution import Distribution, Independent
from .kl import kl_divergence, register_kl
from .transforms import *  # noqa: F401, F403

__all__ = ["Bernoulli", "Beta", "Categorical", "Cauchy", "Chi2", "Dirichlet", "Distribution", "Exponential", "Gamma", "Geometric", "Gumbel", "HalfNormal",
           "Independent", "Laplace", "LogNormal", "MixtureSameFamily", "MultivariateNormal", "Normal", "OneHotCategorical",
           "OneHotCategoricalStraightThrough", "Pareto", "Poisson", "RelaxedBernoulli", "RelaxedOneHotCategorical", "StudentT",
           "TransformedDistribution", "Uniform", "Weibull", "constraints", "kl", "kl_divergence", "register_kl", "transforms", *transforms.__all__]

_LATER = frozenset(("Binomial ContinuousBernoulli FisherSnedecor HalfCauchy "
                    "InverseGamma Kumaraswamy LKJCholesky LogisticNormal LowRankMultivariateNormal "
                    "Multinomial NegativeBinomial "
                    "VonMises Wishart biject_to transform_to").split())


def __getattr__(name):
    if name in _LATER:
        return later.attribute(f"torch.distributions.{name}")
    raise AttributeError(f"module 'torch.distributions' has no attribute '{name}'")
