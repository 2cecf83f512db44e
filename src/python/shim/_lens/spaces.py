"""What an agent sees and does, where its model is made from the spaces of an environment: `ActorCritic(envs)`, `MLP(observation_space, action_space)`."""
import re

from .session import session

_OBSERVATIONS = re.compile(r"(single_)?(observation|obs|ob|state)_?space", re.IGNORECASE)
_ACTIONS = re.compile(r"(single_)?(action|act|ac)_?space", re.IGNORECASE)
_ENVIRONMENTS = re.compile(r"envs?|environments?", re.IGNORECASE)
_SEEN = (8,)


def of(name):
    """A space, or an environment, that an argument of this name is; None where it is neither."""
    if not any(pattern.fullmatch(name) for pattern in (_OBSERVATIONS, _ACTIONS, _ENVIRONMENTS)):
        return None
    from gymnasium import spaces
    from gymnasium.vector import SyncVectorEnv
    from gymnasium.environments import Env
    seen, done = spaces.Box(-1.0, 1.0, _SEEN), _actions(spaces, name)
    if _OBSERVATIONS.fullmatch(name):
        return seen
    if _ACTIONS.fullmatch(name):
        return done

    def made():
        one = Env()
        one.observation_space, one.action_space = spaces.Box(0, 255, (4, 84, 84)) if re.search(r"Conv2d", session.text) else seen, done
        return one
    return SyncVectorEnv([made]) if re.search(r"single_(action|observation)_space", session.text) else made()


def _actions(spaces, name):
    """Actions to choose from where the file asks how many there are, else numbers."""
    of_any = r"action_space" if _ENVIRONMENTS.fullmatch(name) else re.escape(name)
    return spaces.Discrete(4) if re.search(rf"{of_any}\.n\b", session.text) else spaces.Box(-1.0, 1.0, (2,))
