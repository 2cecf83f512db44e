"""Errors which say that there are no data: a data set of none, an archive or a pickle without anything in it, as one has that was not downloaded."""
import linecache
import re

from .. import words
from ..recording import site

# Class of the error → (what it says, what that comes of).
_ERRORS = {
    "tarfile.ReadError": (r"", "the archive is empty, or none"),
    "zipfile.BadZipFile": (r"", "the archive is empty, or none"),
    "gzip.BadGzipFile": (r"", "the archive is empty, or none"),
    "builtins.EOFError": (r"Ran out of input|Compressed file ended", "the file is empty"),
    "builtins.ValueError": (r"num_samples=0$", "the data set is empty"),
    "builtins.StopIteration": (r"^$", "what is asked for its next one has none"),
}
_OF_A_MODEL = re.compile(r"\b(parameters|buffers|modules|children)\(")  # which are no data


def cause_of(error):
    """Why there are no data, "there is no data: the archive is empty, or none", or None."""
    said, cause = _ERRORS.get(f"{type(error).__module__}.{type(error).__qualname__}", (None, None))
    if cause is None or re.search(said, words.of(error)) is None or isinstance(error, StopIteration) and _OF_A_MODEL.search(_line_of(error)):
        return None
    return f"there is no data: {cause}"


def _line_of(error):
    """The text of the innermost line of the user's code that an error passed."""
    found, passed = "", error.__traceback__
    while passed is not None:
        if site.is_user_file(passed.tb_frame.f_code.co_filename):
            found = linecache.getline(passed.tb_frame.f_code.co_filename, passed.tb_lineno)
        passed = passed.tb_next
    return found
