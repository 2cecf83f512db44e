"""torch.torch_version.TorchVersion: a version that compares by its numbers."""
import re


class TorchVersion(str):
    def _order(self, other):
        def numbers(text):
            return [int(part) for part in re.findall(r"\d+", str(text).partition("+")[0])]
        if isinstance(other, (tuple, list)):
            other = ".".join(map(str, other))
        return numbers(self), numbers(other)

    def __gt__(self, other):
        mine, theirs = self._order(other)
        return mine > theirs

    def __lt__(self, other):
        mine, theirs = self._order(other)
        return mine < theirs

    def __ge__(self, other):
        mine, theirs = self._order(other)
        return mine >= theirs

    def __le__(self, other):
        mine, theirs = self._order(other)
        return mine <= theirs

    def __eq__(self, other):
        return str.__eq__(self, other) if isinstance(other, str) else self._order(other)[0] == self._order(other)[1]

    def __ne__(self, other):
        return not self == other

    __hash__ = str.__hash__
