"""One side of a pattern: `b (h p) ... c` as groups of axes."""
import keyword
import re
import warnings

from ._error import EinopsError

ELLIPSIS = "…"


class Number:
    """An axis that is named by its length alone. Two of the same length are two axes."""

    def __init__(self, digits):
        self.length = int(digits)
        if self.length < 1:
            raise EinopsError(f"Anonymous axis should have positive length, not {self.length}")

    def __repr__(self):
        return f"{self.length}-axis"


class Side:
    """What one side of a pattern says of a tensor's axes.

    groups: for each axis of the tensor the list of axes that it is composed of, slowest first (none: length 1), or ELLIPSIS.
    names: all axes, ELLIPSIS included. ellipsis: None, "alone" or "grouped". has_numbers: some axis is a Number.
    """

    def __init__(self, text, allow_underscore=False, allow_duplicates=False):
        self.groups, self.names, self.ellipsis, self.has_numbers = [], set(), None, False
        self._allow_underscore, self._allow_duplicates = allow_underscore, allow_duplicates
        group = None  # within parentheses: the axes so far
        for token in re.findall(rf"[\w{ELLIPSIS}]+|.", _with_ellipsis(text), re.DOTALL):
            if token == " ":
                continue
            if token == "(":
                if group is not None:
                    raise EinopsError("Axis composition is one-level (brackets inside brackets not allowed)")
                group = []
            elif token == ")":
                if group is None:
                    raise EinopsError("Brackets are not balanced")
                self.groups.append(group)
                group = None
            elif token[0] == ELLIPSIS or token[0] == "_" or token[0].isalnum():
                self._add(token, group)
            else:
                raise EinopsError(f"Unknown character '{token}'")
        if group is not None:
            raise EinopsError(f'Imbalanced parentheses in expression: "{_with_ellipsis(text)}"')

    def _add(self, token, group):
        if token in self.names and not self._allow_duplicates and not (token == "_" and self._allow_underscore):
            raise EinopsError(f'Indexing expression contains duplicate dimension "{token}"')
        if token == ELLIPSIS:
            self.ellipsis = "alone" if group is None else "grouped"
            self.names.add(token)
            self.groups.append(token) if group is None else group.append(token)
            return
        if token.isdecimal():
            if int(token) == 1:
                if group is None:
                    self.groups.append([])
                return
            axis = Number(token)
            self.has_numbers = True
        else:
            fault = fault_of_name(token, self._allow_underscore)
            if fault:
                raise EinopsError(f"Invalid axis identifier: {token}\n{fault}")
            axis = token
        self.names.add(axis)
        self.groups.append([axis]) if group is None else group.append(axis)

    def flat(self):
        """All axes in order."""
        return [axis for group in self.groups for axis in ([group] if group == ELLIPSIS else group)]

    def with_axes_for_ellipsis(self, axes):
        """The groups, with these axes where the ellipsis is."""
        groups = []
        for group in self.groups:
            if group == ELLIPSIS:
                groups += [[axis] for axis in axes]
            else:
                groups.append([name for axis in group for name in (axes if axis == ELLIPSIS else [axis])])
        return groups


def _with_ellipsis(text):
    if "." not in text:
        return text
    if "..." not in text:
        raise EinopsError("Expression may contain dots only inside ellipsis (...)")
    if text.count("...") != 1 or text.count(".") != 3:
        raise EinopsError("Expression may contain dots only inside ellipsis (...); only one ellipsis for tensor ")
    return text.replace("...", ELLIPSIS)


def fault_of_name(name, allow_underscore=False):
    """Why an axis cannot have this name; the empty string where it can."""
    if not name.isidentifier():
        return "not a valid python identifier"
    if name[0] == "_" or name[-1] == "_":
        return "" if name == "_" and allow_underscore else "axis name should should not start or end with underscore"
    if keyword.iskeyword(name):
        warnings.warn(f"It is discouraged to use axes names that are keywords: {name}", RuntimeWarning)
    if name == "axis":
        warnings.warn("It is discouraged to use 'axis' as an axis name and will raise an error in future", FutureWarning)
    return ""
