"""What discovery finds."""
import math


class Candidate:
    """Something of the file that can be shown as a model.

    `made`: the instance, class or function; None for the file itself. `root`: the file's own call, if it made one.
    """

    def __init__(self, name, kind, owner, made, definition, aliases=(), root=None, is_fragment=False):
        self.name = name
        self.kind = kind            # "called" | "instance" | "class" | "function" | "call" | "file"
        self.owner, self.made = owner, made  # a Framework, and what is shown
        self.definition = definition  # site id or None
        self.aliases = {name, *aliases}
        self.root = root
        self.is_fragment = is_fragment  # a method whose class is not in the file
        self.is_unknown = False         # not to be made, since nothing says with what


def parameter_count(owner, model):
    return sum(math.prod(entry.array.shape) for entry in owner.parameters(model))


def _parameter_counts(candidate):
    """Of all parameters, and of those that are trained: a teacher is as large as what it teaches."""
    return (parameter_count(candidate.owner, candidate.made),
            sum(math.prod(entry.array.shape) for entry in candidate.owner.parameters(candidate.made) if entry.trainable))


def most_parameters_first(found, used=()):
    """The one with most parameters is the main model; of equals one that is trained, and the last of those. The rest keep the file's order.

    `used`: names of classes that are parts of the file's other classes; those come after all that are not.
    """
    if len(found) < 2:
        return found
    main = max(reversed(found), key=lambda candidate: (type(candidate.made).__name__ not in used, *_parameter_counts(candidate)))
    return [main, *[candidate for candidate in found if candidate is not main]]
