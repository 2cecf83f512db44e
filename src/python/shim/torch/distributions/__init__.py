"""torch.distributions: those that models draw from and score with."""
import re
import sys
import types

from . import constraint_registry, constraints, kl, transforms, utils
from ._circular import VonMises
from ._continuous import Laplace, LogNormal, MultivariateNormal, Normal, Uniform
from ._counting import Geometric, MixtureSameFamily, Poisson, RelaxedBernoulli, RelaxedOneHotCategorical
from ._discrete import Bernoulli, Categorical, OneHotCategorical, OneHotCategoricalStraightThrough
from ._inverted import ContinuousBernoulli, GeneralizedPareto
from ._of_matrices import LKJCholesky, LowRankMultivariateNormal, Wishart
from ._positive import Beta, Cauchy, Chi2, Dirichlet, Exponential, Gamma, StudentT
from ._quotients import FisherSnedecor, HalfCauchy, InverseGamma, Kumaraswamy
from ._transformed import Gumbel, HalfNormal, LogisticNormal, Pareto, TransformedDistribution, Weibull
from ._trials import Binomial, Multinomial, NegativeBinomial
from .constraint_registry import biject_to, transform_to
from .distribution import Distribution, ExponentialFamily, Independent
from .kl import kl_divergence, register_kl
from .transforms import *

__all__ = ["Bernoulli", "Beta", "Binomial", "Categorical", "Cauchy", "Chi2", "ContinuousBernoulli", "Dirichlet", "Distribution", "Exponential",
           "ExponentialFamily", "FisherSnedecor", "Gamma", "GeneralizedPareto", "Geometric", "Gumbel", "HalfCauchy", "HalfNormal", "Independent",
           "InverseGamma", "Kumaraswamy", "LKJCholesky", "Laplace", "LogNormal", "LogisticNormal", "LowRankMultivariateNormal", "MixtureSameFamily",
           "Multinomial", "MultivariateNormal", "NegativeBinomial", "Normal", "OneHotCategorical", "OneHotCategoricalStraightThrough", "Pareto", "Poisson",
           "RelaxedBernoulli", "RelaxedOneHotCategorical", "StudentT", "TransformedDistribution", "Uniform", "VonMises", "Weibull", "Wishart", "biject_to",
           "constraint_registry", "constraints", "kl", "kl_divergence", "register_kl", "transform_to", "transforms", "utils", *transforms.__all__]


def _publish():
    """PyTorch has each distribution in a module that is named after it, `torch.distributions.normal`."""
    for name in __all__:
        cls = globals()[name]
        if isinstance(cls, type) and issubclass(cls, Distribution) and not hasattr(sys.modules[__name__], module := _MODULES.get(name) or _snake_case(name)):
            made = sys.modules.setdefault(f"{__name__}.{module}", types.ModuleType(f"{__name__}.{module}"))
            setattr(made, name, cls)
    for name in [name for name in sys.modules if name.startswith(f"{__name__}.")]:
        last = name.rpartition(".")[2]
        if not last.startswith("_"):
            globals().setdefault(last, sys.modules[name])


_MODULES = {"StudentT": "studentT", "FisherSnedecor": "fishersnedecor", "LowRankMultivariateNormal": "lowrank_multivariate_normal", "LKJCholesky": "lkj_cholesky", "ExponentialFamily": "exp_family",
            "OneHotCategoricalStraightThrough": "one_hot_categorical", "RelaxedOneHotCategorical": "relaxed_categorical"}


def _snake_case(name):
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


_publish()
