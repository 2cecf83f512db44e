"""What the file says of training: the shims' losses, optimizers and loaders report themselves here.

It becomes quick-train's starting point. Training itself is never run in Python: a loop is left after its first step.
"""
import contextlib

from .. import leaving
from . import ownloss

LOSSES = ("cross-entropy", "binary-cross-entropy", "binary-cross-entropy-with-logits", "mse", "nll")
OPTIMIZERS = ("sgd", "adam", "adamw", "rmsprop")


class Found:
    def __init__(self):
        self.loss = None                 # one of LOSSES
        self.from_probabilities = False  # the loss takes probabilities, not logits
        self.optimizer = None            # one of OPTIMIZERS
        self.settings = {}               # of the optimizer, by quick-train's names: see `saw_optimizer`
        self.notes = []                  # one sentence for each thing that quick-train does otherwise
        self.batch_size = None
        self.optimizers = []             # those of PyTorch, kept alive so that none takes another's id
        self.stepped = set()             # ids of those that took a step within a loop


found = Found()


@contextlib.contextmanager
def of_another_file():
    """What another file's text makes while it is evaluated here says nothing of how the file shown trains."""
    global found
    own, found = found, Found()
    try:
        yield
    finally:
        found = own


def saw_loss(kind, from_probabilities=False):
    found.loss = kind
    found.from_probabilities = from_probabilities


def saw_optimizer(name, settings, title, left_aside=()):
    """`settings`: learningRate, momentum, weightDecay, nesterov, betas, alpha and epsilon, as far as it has them. `title`: its name in the file.
    `left_aside`: what else it was told, as `amsgrad=True`."""
    if name not in OPTIMIZERS:  # another one's learning rate would not suit the one that stands in for it
        found.optimizer, found.settings = "adam", {}
        found.notes = [f"Quick Train has no {title}: Adam with its own settings stands in for it"]
        return
    found.optimizer, found.settings = name, settings
    found.notes = [f"Quick Train leaves {_listed(left_aside)} of {title} aside"] if left_aside else []


def _listed(words):
    return " and ".join(", ".join(f"`{word}`" for word in words).rsplit(", ", 1))


def saw_batch_size(size):
    """Of the first loader: the ones after it are for validation and test."""
    if found.batch_size is None:
        found.batch_size = size


def step_taken(optimizer=None):
    """Called by the shims' optimizer steps. A loop is left when each of the file's optimizers took a step, or one is at its second: a generator's and a discriminator's."""
    if optimizer is not None:
        ownloss.stepped(parameter for group in optimizer.param_groups for parameter in group["params"])
    if leaving.depth > 0:
        is_second = id(optimizer) in found.stepped
        found.stepped.add(id(optimizer))
        if optimizer is None or is_second or len(found.stepped) >= len(found.optimizers):
            raise leaving.LeaveTrainingLoop()


def clear():
    found.__init__()
