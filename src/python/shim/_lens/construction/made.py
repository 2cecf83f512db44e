"""A model that is made here."""
from .. import framework


class Made:
    """A model, the Arguments it was made with where it was made here, and a sentence for each thing that was assumed."""

    def __init__(self, model, arguments=(), assumptions=(), others=()):
        self.model = model
        self.others = others              # gives Mades with other values for what was assumed
        self.arguments = list(arguments)  # arguments.Argument
        self.assumptions = list(assumptions)


def model_in(made):
    """The first model of what a function gives: `return model, optimizer`."""
    if isinstance(made, tuple):
        return next((thing for thing in made if framework.of(thing) is not None), made)
    return made
