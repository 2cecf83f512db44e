"""`make`: an environment with the spaces of the one that is named. Its observations are random, its reward is 1, and an episode ends after eight steps."""
import re

import numpy

from _lens import diagnostics
from _lens.recording import site

from . import interface
from .spaces import Box, Discrete

_EPISODE = 8
_SCREEN = (210, 160, 3)
_MEANINGS = ("NOOP", "FIRE", "RIGHT", "LEFT", "RIGHTFIRE", "LEFTFIRE")  # of Pong; Breakout has the first four

# Name → (shape of an observation, number of actions or shape of an action), as the environments' documentation has them.
_SPACES = (
    *((rf"(Roboschool{kind}|{kind}BulletEnv)", (seen,), (done,)) for kind, seen, done in (
        ("HalfCheetah", 26, 6), ("Hopper", 15, 3), ("Walker2[dD]", 22, 6), ("Ant", 28, 8), ("Humanoid", 44, 17), ("InvertedPendulum", 5, 1), ("InvertedDoublePendulum", 9, 1), ("Reacher", 9, 2))),
    (r"CartPole", (4,), 2), (r"MountainCarContinuous", (2,), (1,)), (r"MountainCar", (2,), 3), (r"Acrobot", (6,), 3), (r"Pendulum", (3,), (1,)),
    (r"LunarLanderContinuous", (8,), (2,)), (r"LunarLander", (8,), 4), (r"BipedalWalker", (24,), (4,)), (r"CarRacing", (96, 96, 3), (3,)),
    (r"HalfCheetah", (17,), (6,)), (r"Hopper", (11,), (3,)), (r"Walker2d", (17,), (6,)), (r"Ant", (27,), (8,)), (r"Humanoid", (376,), (17,)),
    (r"InvertedPendulum", (4,), (1,)), (r"InvertedDoublePendulum", (11,), (1,)), (r"Reacher", (11,), (2,)), (r"Swimmer", (8,), (2,)),
    (r"Breakout|Qbert", _SCREEN, 4), (r"Pong|SpaceInvaders|BeamRider|Enduro|Seaquest|\w+NoFrameskip|ALE/", _SCREEN, 6),
)
_DISCRETE = ((r"FrozenLake8x8", 64, 4), (r"FrozenLake", 16, 4), (r"Taxi", 500, 6), (r"CliffWalking", 48, 4), (r"Blackjack", 32, 2))


class Env:
    def __class_getitem__(cls, types):  # `Env[Observation, Action]`
        return cls

    observation_space = Box(-numpy.inf, numpy.inf, (4,))
    action_space = Discrete(2)
    metadata = {"render_modes": []}
    reward_range = (-1.0, 1.0)
    render_mode = None
    spec = None
    num_envs = 1
    _steps = 0

    @property
    def unwrapped(self):
        return self

    def reset(self, *, seed=None, options=None):
        self._steps = 0
        return interface.begun(self.observation_space.sample())

    def step(self, action):
        self._steps += 1
        return interface.stepped(self.observation_space.sample(), 1.0, self._steps >= _EPISODE)

    def render(self, *args, **kwargs):
        return numpy.zeros((400, 600, 3), dtype=numpy.uint8)

    def seed(self, seed=None):
        return [seed]

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


class AtariEnv(Env):
    """A game of the Arcade Learning Environment, which has names for its actions."""

    def get_action_meanings(self):
        return list(_MEANINGS[:self.action_space.n])


def make(id, **kwargs):
    name = str(id)
    shape, action = next(((shape, action) for pattern, shape, action in _SPACES if re.match(pattern, name)), ((4,), 2))
    made = AtariEnv() if shape == _SCREEN else Env()
    states = next(((states, actions) for pattern, states, actions in _DISCRETE if re.match(pattern, name)), None)
    if states is not None:
        made.observation_space, action = Discrete(states[0]), states[1]
    elif len(shape) == 3:
        made.observation_space = Box(0, 255, shape, numpy.uint8)
    else:
        made.observation_space = Box(-numpy.inf, numpy.inf, shape)
    made.action_space = Discrete(action) if isinstance(action, int) else Box(-1.0, 1.0, action)
    diagnostics.report("skipped", "information", f"`{name}` is not here: random observations of its shape stand in for it", site.here())
    return made
