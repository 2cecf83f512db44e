"""Numbers that may be asked for at once, so that what PyTorch refuses is refused on its line: those for which little is to be computed.

What a network makes is not among them, since it is computed only where it is shown; nor is what PyTorch differentiates, nor anything of a model that is
called with inputs which are assumed.
"""
from _lens import door
from _lens.recording import provenance
from _lens.session import session

_MOST_VALUES = 24  # that it was made of
_MOST_ELEMENTS = 100_000


def known(*tensors):
    """Whether the numbers of all of them may be asked for."""
    return not session.is_traced and all(not tensor._is_complex and not tensor.requires_grad and tensor.numel() <= _MOST_ELEMENTS and provenance.is_near(tensor.value.id, _MOST_VALUES)
               for tensor in tensors)


def numbers_of(tensor):
    """Its elements, without that counting as a question of the file's."""
    found = door.read(tensor.value)
    provenance.reads.pop()
    return found


def refuse_unless(tensor, holds, message, error=RuntimeError):
    """Raises `error` where a number that may be asked for is not as it has to be. NaN is never."""
    if known(tensor) and not all(map(holds, numbers_of(tensor))):
        raise error(message)
