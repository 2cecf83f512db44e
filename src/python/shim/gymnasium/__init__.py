"""Gymnasium: environments that have the spaces of the real ones and random observations, so that an agent's network knows its sizes and sees a batch."""
import sys as _sys

from _lens.construction import spaces as _assumed

from . import spaces, vector, wrappers
from .environments import Env, make
from .wrappers import ActionWrapper, ObservationWrapper, RewardWrapper, Wrapper

__version__ = "1.0.0"

_assumed.register(Box=spaces.Box, Discrete=spaces.Discrete, Env=Env, SyncVectorEnv=vector.SyncVectorEnv)


def register(*args, **kwargs):
    pass


# The modules that hold one class or two each.
_PARTS = (
    (spaces, "box dict discrete graph multi_binary multi_discrete sequence space text tuple utils"),
    (wrappers, "atari_preprocessing clip_action filter_observation flatten_observation frame_stack gray_scale_observation normalize order_enforcing record_episode_statistics "
               "record_video rescale_action resize_observation time_aware_observation time_limit transform_observation transform_reward"),
)


def name_parts(package):
    """Lets `spaces.box` and the like be imported by the name of a package."""
    for part, names in _PARTS:
        _sys.modules.update({f"{package}.{part.__name__.rpartition('.')[2]}.{name}": part for name in names.split()})


name_parts(__name__)
