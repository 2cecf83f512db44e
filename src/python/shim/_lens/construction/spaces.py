"""What an agent sees and does, where its model is made from the spaces of an environment: `ActorCritic(envs)`, `MLP(observation_space, action_space)`."""
import re

_OBSERVATIONS = re.compile(r"(single_)?(observation|obs|ob|state)_?space", re.IGNORECASE)
_ACTIONS = re.compile(r"(single_)?(action|act|ac)_?space", re.IGNORECASE)
_ENVIRONMENTS = re.compile(r"envs?|environments?", re.IGNORECASE)
_SEEN = (8,)
_kinds = {}  # name of a class → the class, of the package that has environments


def register(**kinds):
    """Told by that package when it is imported, as all are before the first run."""
    _kinds.update(kinds)


def of(name, text):
    """A space, or an environment, that an argument of this name is, where it is used in `text`; None where it is neither."""
    if not any(pattern.fullmatch(name) for pattern in (_OBSERVATIONS, _ACTIONS, _ENVIRONMENTS)):
        return None
    seen, done = _kinds["Box"](-1.0, 1.0, _SEEN), _actions(name, text)
    if _OBSERVATIONS.fullmatch(name):
        return seen
    if _ACTIONS.fullmatch(name):
        return done

    def made():
        one = _kinds["Env"]()
        one.observation_space, one.action_space = _kinds["Box"](0, 255, _image(text)) if re.search(r"Conv2d", text) else seen, done
        return one
    return _kinds["SyncVectorEnv"]([made]) if re.search(r"single_(action|observation)_space", text) else made()


def _image(text):
    """Four frames of a game, or one in colours whose channels come last where the file takes the shape apart so."""
    axes = re.search(r"(\w+), *(\w+), *(\w+) = .*observation_space\.shape", text)
    return (64, 64, 3) if axes is not None and axes[3].lower() in ("c", "ch", "channels", "n_channels") else (4, 84, 84)


def _actions(name, text):
    """Actions to choose from where the file asks how many there are, else numbers; their number alone where it asks nothing of what it computes with."""
    of_any = r"action_space" if _ENVIRONMENTS.fullmatch(name) else re.escape(name)
    if not re.search(rf"{of_any}\b\.\w", text) and re.search(rf"\b{of_any} *[*+]|[*+] *{of_any}\b", text):
        return 4
    return _kinds["Discrete"](4) if re.search(rf"{of_any}\.n\b", text) else _kinds["Box"](-1.0, 1.0, (2,))
