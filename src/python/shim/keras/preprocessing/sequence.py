"""keras.preprocessing.sequence"""
from ..utils.sequences import pad_sequences  # noqa: F401
