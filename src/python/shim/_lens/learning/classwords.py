"""Whether files say something of classes: a row of numbers that a model gives is then taken for their scores, and else for values (src/analysis/assumedLoss.ts)."""
import re

from ..session import session

_WORDS = re.compile(
    r"cross_?entropy|nll_?loss|num_?class|n_?class|nb_class|num_?labels|\bclasses\b|\blabels?\b|soft_?max|accuracy|arg_?max|logits|classif|categor|mnist|cifar|imagenet|\btop_?[15k]\b",
    re.IGNORECASE)


def are_there():
    """In the file, in those that it imported, or in those that seem to train what it defines."""
    if session.speaks_of_classes is None:
        session.speaks_of_classes = any(_WORDS.search(part.text) for part in (session, *session.files_beside()))
    return session.speaks_of_classes
