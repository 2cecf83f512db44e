"""What of the file failed, at its own level and in its procedures (`source.procedures`): each thing is reported on its line, and what follows from it alone is not."""
import re

from .. import diagnostics, words
from ..missing import absent, ghost
from ..recording import site
from ..session import session
from ..source import doors, loops

_UNBOUND = re.compile(r"local variable '(\w+)'")


class Failures:
    """`lost`: name → line of the statement that failed and would have bound it."""

    def __init__(self):
        self.lost = {}
        self._has_ended = False  # the program would have; what fails later may follow from that

    def report(self, error, names, line, fallback=site.NO_SITE):
        """Says what a statement raised that begins at `line` and would have bound `names`. True where data are missing, for which something empty stands in."""
        session.has_failed = True
        if isinstance(error, SystemExit):
            return self._report_exit(error, names, line)
        earlier = self.lost.get(_name_in(error))
        if earlier is not None:
            diagnostics.report("skipped", "information", f"`{_name_in(error)}` was not defined because line {earlier} failed", site.of_traceback(error.__traceback__))
            line = earlier
        elif self._has_ended or isinstance(error, (FileNotFoundError, NotADirectoryError)):
            diagnostics.report_exception(error, fallback, "warning")
        else:
            diagnostics.report_exception(error, fallback)
        if isinstance(error, (FileNotFoundError, NotADirectoryError)) or absent.cause_of(error) is not None:
            return True
        self.lost.update((name, line) for name in names)
        return False

    def _report_exit(self, error, names, line):
        self._has_ended = True
        said = "" if error.code is None else f", with status {error.code}" if isinstance(error.code, int) else f": {words.of(error.code)}"
        diagnostics.report("skipped", "information", f"this ends the program{said}; the file goes on without it", site.of_traceback(error.__traceback__, session.path))
        self.lost.update((name, line) for name in names)
        return False


def is_passed_over(error):
    """Whether an exit is no end of the file: it has started itself anew, or another file of the workspace gives up, since something is not as it wants it to be (a GPU, a folder)."""
    if session.has_started_itself and error.code in (None, 0):
        return True
    place = site.of_traceback(error.__traceback__)
    return error.code not in (None, 0) and place >= 0 and site.table()[place][0] != session.path


def _name_in(error):
    """The name, or the attribute `self.loader`, that an error says to be unbound."""
    if isinstance(error, AttributeError):
        return f"self.{error.name}"
    if not isinstance(error, NameError):
        return None
    unbound = _UNBOUND.search(str(error))
    return unbound[1] if unbound else error.name


def _goes_on(error, names):
    if loops.is_hastened() or isinstance(error, SystemExit) and not is_passed_over(error):  # the loop says why its step is not shown
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
