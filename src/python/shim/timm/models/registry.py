"""The older name of the registry."""
from ._registry import *
