"""Names of a framework that are not supported yet. Imported by `from … import`, one stands for itself until it is used, so that what else
is imported, and the rest of the file, is there; asked for in any other way it raises at once."""
import dis

from .. import diagnostics
from ..door import UnsupportedError
from ..recording import site

_IMPORTS = frozenset((dis.opmap["IMPORT_NAME"], dis.opmap["IMPORT_FROM"]))  # of a package, the first of them asks for the names already


class Later:
    """Raises where it is called, subclassed, or asked for an attribute."""

    def __init__(self, sentence):
        self._sentence = sentence

    def __call__(self, *args, **kwargs):
        raise UnsupportedError(self._sentence)

    __mro_entries__ = __call__

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        raise UnsupportedError(self._sentence)

    def __instancecheck__(self, instance):
        return False

    def __subclasscheck__(self, cls):
        return False


def attribute(name):
    """What a module's `__getattr__` gives for `name` (dotted), which the framework has and we do not."""
    sentence = f"{name} is not supported yet"
    frame = site.user_frame()
    if frame is None or frame.f_code.co_code[frame.f_lasti] not in _IMPORTS:
        raise UnsupportedError(sentence)
    diagnostics.report("unsupported", "warning", sentence, site.of_frame(frame))
    return Later(sentence)
