"""What files say of what a model's row of numbers is: scores of classes, what actions are worth, or nothing; a loss is assumed by it (src/analysis/assumedLoss.ts)."""
import re

from ..session import session

_CLASSES = re.compile(
    r"cross_?entropy|nll_?loss|num_?class|n_?class|nb_class|num_?labels|\bclasses\b|\blabels?\b|soft_?max|accuracy|arg_?max|logits|classif|categor|mnist|cifar|imagenet|\btop_?[15k]\b",
    re.IGNORECASE)
_REWARDS = re.compile(r"\brewards?\b|\bq_?(values?|networks?)\b|\bgym(nasium)?\b|replay_?(buffer|memory)|\benv\.step\b|reinforcement", re.IGNORECASE)
_TRAINED_ON_CLASSES = re.compile(r"cross_?entropy|nll_?loss", re.IGNORECASE)


def spoken_of():
    """"classes", "rewards" or "nothing": in the file, in those that it imported, or in those that seem to train what it defines."""
    if session.spoken_of is None:
        session.spoken_of = _spoken_of((session, *session.files_beside()))
    return session.spoken_of


def _spoken_of(parts):
    if _REWARDS.search(session.text) and not _TRAINED_ON_CLASSES.search(session.text):
        return "rewards"
    return "classes" if any(_CLASSES.search(part.text) for part in parts) else "nothing"
