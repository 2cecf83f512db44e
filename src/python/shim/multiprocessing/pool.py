"""Pools of workers of which there is one: each task is done when it is given."""
import itertools


class _Done:
    """The result of a task that is over."""

    def __init__(self, value):
        self._value = value

    def get(self, timeout=None):
        return self._value

    def wait(self, timeout=None):
        """It is there."""

    def ready(self):
        return True

    successful = ready


class Pool:
    def __init__(self, processes=None, initializer=None, initargs=(), *more, **options):
        if initializer is not None:
            initializer(*initargs)

    def apply(self, func, args=(), kwds=None):
        return func(*args, **(kwds or {}))

    def apply_async(self, func, args=(), kwds=None, callback=None, error_callback=None):
        return self._told(self.apply(func, args, kwds), callback)

    def map(self, func, iterable, chunksize=None):
        return [func(item) for item in iterable]

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._told(self.map(func, iterable), callback)

    def starmap(self, func, iterable, chunksize=None):
        return list(itertools.starmap(func, iterable))

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._told(self.starmap(func, iterable), callback)

    def imap(self, func, iterable, chunksize=1):
        return iter(self.map(func, iterable))

    imap_unordered = imap

    @staticmethod
    def _told(value, callback):
        if callback is not None:
            callback(value)
        return _Done(value)

    def close(self):
        """There are no workers to end."""

    join = terminate = close

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


ThreadPool = Pool
