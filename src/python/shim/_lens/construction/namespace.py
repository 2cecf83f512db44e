"""A configuration object whose class is not known."""
import argparse
import copy
import re
import types

from ..meanings.comparisons import by_text_or_name
from ..meanings.names import CannotAssume, is_known
from ..session import session
from . import usage
from .annotated import as_annotated
from .argument import short


class Namespace(argparse.Namespace):
    """Each attribute is taken from what is known of the settings, else from what its name means, once."""

    _lens_defaults = types.MappingProxyType({})
    _lens_said = ""

    @staticmethod
    def with_defaults(values, said):
        """Settings that have values for some names; `said`: where those are from."""
        return type("Namespace", (Namespace,), {"_lens_defaults": values, "_lens_said": said})()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self._lens_defaults:
            value = copy.deepcopy(self._lens_defaults[name])
        elif re.search(rf"\.{name} is (not )?None", session.text) and not is_known(name):  # the file knows what to do without it
            value = None
        else:
            try:
                value = by_text_or_name(name)
                if isinstance(value, int) and usage.is_attribute_gone_through(name):
                    value = as_annotated(value, list, name)
            except CannotAssume:
                if re.search(rf"(\.{name}|\[['\"]{name}['\"]\])(\.[^\W\d]|\[['\"])", session.text):
                    value = Namespace()  # a part of the configuration, whose own attributes are read
                else:
                    value = usage.value_of_attribute(name, Namespace)
        setattr(self, name, value)
        return value

    def __getitem__(self, name):
        return getattr(self, name)

    def __contains__(self, name):
        return name in self.keys()

    def get(self, name, default=None):
        return vars(self).get(name, default) if default is not None and name not in self._lens_defaults else getattr(self, name)

    def keys(self):
        return {**self._lens_defaults, **vars(self)}.keys()


class Sentence:
    """The sentence of a configuration, written when it is known what the model read of it."""

    def __init__(self, name, namespace):
        self._name, self._namespace = name, namespace

    def __str__(self):
        read = ", ".join(f"{key} = {short(value)}" for key, value in vars(self._namespace).items())
        if self._namespace._lens_said:
            return f"`{self._name}` is not given, {self._namespace._lens_said}{': ' if read else ''}{read}"
        return f"`{self._name}` is not given, assumed {read or 'an empty one'}"
