"""torch.distributions.one_hot_categorical"""
from ._discrete import OneHotCategorical, OneHotCategoricalStraightThrough  # noqa: F401
