"""What of the file failed, at its own level and in its procedures (`source.procedures`): each thing is reported on its line, and what follows from it alone is not."""
import re

from .. import diagnostics
from ..missing import absent, ghost
from ..recording import site
from ..session import session
from ..source import doors, loops

_UNBOUND = re.compile(r"local variable '(\w+)'")


class Failures:
    """`lost`: name → line of the statement that failed and would have bound it."""

    def __init__(self):
        self.lost = {}

    def report(self, error, names, line, fallback=site.NO_SITE):
        """Says what a statement raised that begins at `line` and would have bound `names`. True where data are missing, for which something empty stands in."""
        session.has_failed = True
        earlier = self.lost.get(_name_in(error))
        if earlier is not None:
            diagnostics.report("skipped", "information", f"`{_name_in(error)}` was not defined because line {earlier} failed", site.of_traceback(error.__traceback__))
            line = earlier
        elif isinstance(error, (FileNotFoundError, NotADirectoryError)):
            diagnostics.report_exception(error, fallback, "warning")
        else:
            diagnostics.report_exception(error, fallback)
        if isinstance(error, (FileNotFoundError, NotADirectoryError)) or absent.cause_of(error) is not None:
            return True
        self.lost.update((name, line) for name in names)
        return False


def _name_in(error):
    """The name that an error says to be unbound."""
    if not isinstance(error, NameError):
        return None
    unbound = _UNBOUND.search(str(error))
    return unbound[1] if unbound else error.name


def _goes_on(error, names):
    if loops.is_hastened():  # the loop says why its step is not shown
        raise error
    place = site.of_traceback(error.__traceback__, session.path)
    return session.failures.report(error, names, site.table()[place][1] if place >= 0 else 0)


def stand_in(name):
    """What data would have been that are not here: empty."""
    absent.unread.add(name)
    return ghost.Ghost(name)


def _leaves(names):
    session.locals_of_procedures.append(names)


doors.open_for_all(goes_on=_goes_on, absent=stand_in, leaves=_leaves)
