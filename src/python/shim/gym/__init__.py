"""gym: Gymnasium under its old name."""
import sys

import gymnasium
from gymnasium import ActionWrapper, Env, ObservationWrapper, RewardWrapper, Wrapper, make, register, spaces, vector, wrappers

__version__ = gymnasium.__version__
sys.modules.update({f"gym.{module.__name__.rpartition('.')[2]}": module for module in (spaces, vector, wrappers)})
gymnasium.name_parts(__name__)
