"""What of the file did not run, each thing on its line; `Diagnostic` in src/protocol/report.ts has the meaning of the fields."""
import posixpath
import re
import traceback

from . import door, words
from .mends.table import mend_of
from .missing import absent
from .recording import site
from .session import session

_entries = []
_seen = set()
_logged = set()
# Hundreds of errors have one cause, and a mend is looked for among thousands of names.
_MOST_MENDED = 50
# What follows from a loop over no data, in the user's own code.
_NO_DATA_ERRORS = (ZeroDivisionError, StopIteration, IndexError, UnboundLocalError, ValueError, AssertionError)

# Words by which an error raised inside a framework is one of shapes, whatever its class.
_SHAPE_WORDS = re.compile(r"shape|size|dimension|channels|incompatible|must match|should contain \d+ elements|\dD input", re.IGNORECASE)
_TYPE_WORDS = re.compile(r"dtype|scalar type|requires? grad", re.IGNORECASE)


def clear():
    _entries.clear()
    _seen.clear()
    _logged.clear()


def report(kind, severity, message, site_id=site.NO_SITE, hint=None, fixes=()):
    """Adds an entry unless the same was said of the same place before."""
    key = _key(message, site_id)
    if key not in _seen:
        _seen.add(key)
        _entries.append({"kind": kind, "severity": severity, "message": message, "site": site_id, "hint": hint, "fixes": list(fixes)})


def _key(message, site_id):
    return (site.table()[site_id][:3] if site_id >= 0 else None, message)


def taken():
    """The entries since this was last asked."""
    entries = list(_entries)
    _entries.clear()
    return entries


class tried:
    """What is said while models are tried that nobody asked for: `drop` takes it back and gives it, `say` says that again. `soften`: what was said before of the one asked for is no error, since another is shown."""

    def __enter__(self):
        self._start = len(_entries)
        return self

    def drop(self):
        dropped = _entries[self._start:]
        del _entries[self._start:]
        _seen.difference_update(_key(entry["message"], entry["site"]) for entry in dropped)
        return dropped

    def say(self, entries):
        _entries.extend(entries)
        _seen.update(_key(entry["message"], entry["site"]) for entry in entries)

    def soften(self):
        for entry in _entries[:self._start]:
            if entry["severity"] == "error":
                entry["severity"] = "warning"

    def __exit__(self, *error):
        return False


def report_exception(error, fallback_site=site.NO_SITE, severity="error"):
    """Reports what the file raised, at the innermost place of the user's code that it passed.

    If that is another file than the one shown, the line of this file that led there is reported too.
    """
    kind = kind_of(error)
    message = error.msg if isinstance(error, SyntaxError) else words.of(error).strip()
    if message.startswith("Stack overflow (used"):  # CPython's compiler, of its own stack
        message = "this is nested too deeply to be compiled"
    if kind == "python" or not message:
        message = f"{type(error).__name__}: {message}" if message else type(error).__name__
    place = _syntax_site(error) if isinstance(error, SyntaxError) else site.of_traceback(error.__traceback__)
    is_known = _key(message, place) in _seen
    cause = absent.no_data() if absent.data and session.candidates is None and isinstance(error, _NO_DATA_ERRORS) else absent.cause_of(error)
    if cause is not None:
        report("skipped", "information", f"{message} ({cause})", place if place >= 0 else fallback_site)
        return
    report(kind, severity, message, place if place >= 0 else fallback_site, *_hint_for(error))
    if place >= 0 and site.table()[place][0] != session.path:
        file, line = site.table()[place][:2]
        here = site.of_traceback(error.__traceback__, session.path)
        if here < 0 and fallback_site < 0:  # a package that goes on: nothing of the file shown failed
            return
        # Each import of a file that fails raises anew what was an error at the first one.
        report(kind, "information" if is_known else severity, f"{message} ({_from_shown(file)}, line {line})", here if here >= 0 else fallback_site)


def _from_shown(file):
    """A file of the workspace as it is named from the folder of the file shown."""
    return posixpath.relpath(file, posixpath.dirname(session.path))


def report_broken(error, fallback_site=site.NO_SITE):
    """An error of our own: said to the user in one line, and to the log in full."""
    door.log("".join(traceback.format_exception(error)), "error")
    place = site.of_traceback(error.__traceback__)
    told = f"{type(error).__name__}: {words.of(error)}".rstrip(": ")
    report("unsupported", "error", f"this model could not be shown ({told})", place if place >= 0 else fallback_site)


def log_failure(what, error):
    """A line in the log on something that was tried and left out: nothing that is shown is wrong without it, but whoever misses it finds out why."""
    line = f"{what}: {type(error).__name__}: {words.of(error)}".rstrip(": ")
    if line not in _logged:
        _logged.add(line)
        door.log(line)


def _syntax_site(error):
    """Where a file that was imported, or a text that was compiled, is not Python."""
    if not error.filename or not error.lineno or not site.is_user_file(error.filename):
        return site.of_traceback(error.__traceback__)
    column = max((error.offset or 1) - 1, 0)
    return site.of_position(error.filename, error.lineno, column, error.lineno, column + 1)


def kind_of(error):
    if isinstance(error, SyntaxError):
        return "syntax"
    if isinstance(error, door.UnsupportedError):
        return "unsupported"
    if isinstance(error, (door.LimitError, MemoryError, RecursionError, KeyboardInterrupt)):
        return "limit"
    if isinstance(error, (RuntimeError, ValueError, IndexError)) and not _raised_by_user(error) and _SHAPE_WORDS.search(words.of(error)) and not _TYPE_WORDS.search(words.of(error)):
        return "shape"
    return "python"


def _hint_for(error):
    """(what to write instead, or None; the edits that do it)"""
    mend = mend_of(error) if len(_seen) < _MOST_MENDED else None
    if mend is not None:
        return mend.hint, mend.fixes
    if absent.numbers:
        return f"{absent.lacking(absent.numbers)}: 0 stood in for a number that the file takes from it", ()
    return None, ()


def _raised_by_user(error):
    passed = error.__traceback__
    while passed is not None and passed.tb_next is not None:
        passed = passed.tb_next
    return passed is not None and site.is_user_file(passed.tb_frame.f_code.co_filename)
