"""`save_hyperparameters`: the arguments of the `__init__` that calls it become `self.hparams`."""
import argparse
import inspect
import sys


class AttributeDict(dict):
    """A dictionary whose items are attributes too."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f'Missing attribute "{name}"') from None

    def __setattr__(self, name, value):
        self[name] = value


class HyperparametersMixin:
    @property
    def hparams(self):
        return self.__dict__.setdefault("_hparams", AttributeDict())

    @hparams.setter
    def hparams(self, value):
        self.__dict__["_hparams"] = _attributes(value)

    @property
    def hparams_initial(self):
        return self.hparams

    def save_hyperparameters(self, *args, ignore=None, frame=None, logger=True):
        """Without `args` all arguments; else those named, or the one object that holds them all."""
        given = _arguments_of(frame or sys._getframe(1))
        ignored = {ignore} if isinstance(ignore, str) else set(ignore or ())
        given = {name: value for name, value in given.items() if name not in ignored}
        if args and all(isinstance(name, str) for name in args):
            given = {name: given[name] for name in args if name in given}
        elif args:
            given = _attributes(args[0])
        self.hparams.update(given)


def _arguments_of(frame):
    """What the function of a frame was called with, `**kwargs` by their own names."""
    code, found = frame.f_code, frame.f_locals
    count = code.co_argcount + code.co_kwonlyargcount
    given = {name: found[name] for name in code.co_varnames[1:count] if name in found}
    if code.co_flags & inspect.CO_VARKEYWORDS:
        given.update(found.get(code.co_varnames[count + bool(code.co_flags & inspect.CO_VARARGS)], {}))
    return given


def _attributes(value):
    if isinstance(value, argparse.Namespace):
        value = vars(value)
    return AttributeDict(value) if isinstance(value, dict) else AttributeDict(vars(value))
