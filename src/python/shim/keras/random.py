"""keras.random"""
from ._backend.drawing import SeedGenerator, dropout, normal, randint, shuffle, truncated_normal, uniform  # noqa: F401
