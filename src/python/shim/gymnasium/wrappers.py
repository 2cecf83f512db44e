"""Wrappers: the file's own work, those of the library change what an observation is (its shape) and nothing else."""
import numpy

from . import interface
from .environments import Env
from .spaces import Box


class Wrapper(Env):
    def __init__(self, env, *args, **kwargs):
        self.env = env
        self.observation_space, self.action_space = env.observation_space, env.action_space

    def __getattr__(self, name):
        if name.startswith("__") or name == "env":
            raise AttributeError(name)
        return getattr(self.env, name)

    @property
    def unwrapped(self):
        return self.env.unwrapped

    def reset(self, **kwargs):
        return self.env.reset(**kwargs)

    def step(self, action):
        return self.env.step(action)


class ObservationWrapper(Wrapper):
    def reset(self, **kwargs):
        return interface.with_observation(self.env.reset(**kwargs), self.observation)

    def step(self, action):
        observation, *rest = self.env.step(action)
        return self.observation(observation), *rest

    def observation(self, observation):
        return observation


class ActionWrapper(Wrapper):
    def step(self, action):
        return self.env.step(self.action(action))


class RewardWrapper(Wrapper):
    def step(self, action):
        observation, reward, *rest = self.env.step(action)
        return observation, self.reward(reward), *rest


class _Reshaped(Wrapper):
    """Observations of another shape."""

    def __init__(self, env, *args, **kwargs):
        super().__init__(env)
        space = env.observation_space
        self.observation_space = Box(space.low.min(), space.high.max(), self.shape_of(space.shape, *args, **kwargs), space.dtype)

    def reset(self, **kwargs):
        return interface.with_observation(self.env.reset(**kwargs), lambda _: self.observation_space.sample())

    def step(self, action):
        _, *rest = self.env.step(action)
        return self.observation_space.sample(), *rest


class ResizeObservation(_Reshaped):
    def shape_of(self, old, shape):
        size = (shape, shape) if isinstance(shape, int) else tuple(shape)
        return (*size, *old[2:])


class GrayScaleObservation(_Reshaped):
    def shape_of(self, old, keep_dim=False):
        return (*old[:2], 1) if keep_dim else old[:2]


class FrameStack(_Reshaped):
    def shape_of(self, old, num_stack=4, **kwargs):
        return (num_stack, *old)


class AtariPreprocessing(_Reshaped):
    def shape_of(self, old, noop_max=30, frame_skip=4, screen_size=84, **kwargs):
        return (screen_size, screen_size)


class FlattenObservation(_Reshaped):
    def shape_of(self, old):
        return (int(numpy.prod(old)),)


GrayscaleObservation, FrameStackObservation = GrayScaleObservation, FrameStack


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    made = globals()[name] = type(name, (Wrapper,), {"__module__": __name__})
    return made
