"""Several environments at once: their observations in a batch."""
import numpy

from .. import interface
from ..environments import Env
from ..spaces import Box, Discrete, MultiDiscrete


class SyncVectorEnv(Env):
    def __init__(self, env_fns, *args, **kwargs):
        self.envs = [make() for make in env_fns]
        self.num_envs = len(self.envs)
        self.single_observation_space, self.single_action_space = self.envs[0].observation_space, self.envs[0].action_space
        space, action = self.single_observation_space, self.single_action_space
        self.observation_space = MultiDiscrete([space.n] * self.num_envs) if isinstance(space, Discrete) else Box(
            space.low.min(), space.high.max(), (self.num_envs, *space.shape), space.dtype)
        self.action_space = MultiDiscrete([action.n] * self.num_envs) if isinstance(action, Discrete) else Box(
            action.low.min(), action.high.max(), (self.num_envs, *action.shape), action.dtype)

    def reset(self, *, seed=None, options=None):
        return interface.begun(self.observation_space.sample())

    def step(self, actions):
        self._steps += 1
        ended = numpy.full((self.num_envs,), self._steps % 8 == 0)
        return interface.stepped(self.observation_space.sample(), numpy.ones(self.num_envs), ended)


AsyncVectorEnv = VectorEnv = SyncVectorEnv
