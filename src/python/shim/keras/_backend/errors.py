"""Errors of shape in the frameworks' own classes and words; all of them are `door.ShapeError`s too."""
from _lens import door


class InvalidArgumentError(door.ShapeError):
    """tf.errors.InvalidArgumentError"""


InvalidArgumentError.__name__ = InvalidArgumentError.__qualname__ = "InvalidArgumentError"
InvalidArgumentError.__module__ = "tensorflow.python.framework.errors_impl"


class IncompatibleShape(ValueError, door.ShapeError):
    """A ValueError to the user's eyes: what a Keras layer says of an input that does not fit."""


IncompatibleShape.__name__ = IncompatibleShape.__qualname__ = "ValueError"
IncompatibleShape.__module__ = "builtins"
