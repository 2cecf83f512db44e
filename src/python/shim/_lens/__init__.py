"""The internal package behind the shims: one door to the recorder, source positions, calls, arrays, the file runner.

Nothing here computes. `torch`, `keras`, `tensorflow` and `numpy` beside it are thin over `door.record`.
Modules of this package are imported before the memory snapshot is made: at import time they hold no JavaScript object.
"""
