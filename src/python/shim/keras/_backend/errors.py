"""Errors in TensorFlow's own classes, which Python does not have."""


class InvalidArgumentError(ValueError):
    """tf.errors.InvalidArgumentError"""


InvalidArgumentError.__module__ = "tensorflow.python.framework.errors_impl"
