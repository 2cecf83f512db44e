"""Handles of registered hooks."""
import itertools


class RemovableHandle:
    """Keeps a hook in a dict until `remove` is called (or its `with` block ends)."""

    _ids = itertools.count()

    def __init__(self, hooks, hook):
        self.id = next(self._ids)
        self._hooks = hooks
        hooks[self.id] = hook

    def remove(self):
        self._hooks.pop(self.id, None)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.remove()
