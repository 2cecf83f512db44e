"""keras.config"""
from .backend import backend, epsilon, floatx, image_data_format, set_floatx, set_image_data_format  # noqa: F401


def enable_unsafe_deserialization():
    """Nothing is deserialized here."""


def disable_traceback_filtering():
    """Tracebacks are never filtered here."""


enable_traceback_filtering = disable_interactive_logging = enable_interactive_logging = disable_traceback_filtering


def set_dtype_policy(policy):
    """Weights stay in float32, as they do under the mixed policies."""


def dtype_policy():
    return floatx()
