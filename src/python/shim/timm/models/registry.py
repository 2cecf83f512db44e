"""The older name of the registry."""
from ._registry import *  # noqa: F401, F403
