"""torch.distributions: those that models draw from and score with; the others say that they are not there."""
from _lens import later

from . import kl
from ._continuous import Laplace, LogNormal, MultivariateNormal, Normal, Uniform
from ._discrete import Bernoulli, Categorical, OneHotCategorical, OneHotCategoricalStraightThrough
from .distribution import Distribution, Independent
from .kl import kl_divergence, register_kl

__all__ = ["Bernoulli", "Categorical", "Distribution", "Independent", "Laplace", "LogNormal", "MultivariateNormal", "Normal",
           "OneHotCategorical", "OneHotCategoricalStraightThrough", "Uniform", "kl", "kl_divergence", "register_kl"]

_LATER = frozenset(("Beta Binomial Cauchy Chi2 ContinuousBernoulli Dirichlet Exponential FisherSnedecor Gamma Geometric Gumbel HalfCauchy "
                    "HalfNormal InverseGamma Kumaraswamy LKJCholesky LogisticNormal LowRankMultivariateNormal MixtureSameFamily "
                    "Multinomial NegativeBinomial Pareto Poisson RelaxedBernoulli RelaxedOneHotCategorical StudentT "
                    "TransformedDistribution VonMises Weibull Wishart constraints transforms biject_to transform_to").split())


def __getattr__(name):
    if name in _LATER:
        return later.attribute(f"torch.distributions.{name}")
    raise AttributeError(f"module 'torch.distributions' has no attribute '{name}'")
