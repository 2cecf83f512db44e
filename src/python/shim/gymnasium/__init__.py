"""Gymnasium: environments that have the spaces of the real ones and random observations, so that an agent's network knows its sizes and sees a batch."""
from _lens.construction import spaces as _assumed

from . import spaces, vector, wrappers
from .environments import Env, make
from .wrappers import ActionWrapper, ObservationWrapper, RewardWrapper, Wrapper

__version__ = "1.0.0"

_assumed.register(Box=spaces.Box, Discrete=spaces.Discrete, Env=Env, SyncVectorEnv=vector.SyncVectorEnv)


def register(*args, **kwargs):
    pass
