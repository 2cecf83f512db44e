"""The time is over: a KeyboardInterrupt in whatever runs, the place of which is remembered.

A file may catch it (`except:`) and go on. The one that comes a second later (src/python/interrupt.ts) is therefore raised once more on the next line that the
file comes to, which is the handler's: it leaves the loop around. What withstands that too, or runs no bytecode, ends with the interpreter (src/runtime/main.ts).
"""
import json
import signal
from sys import settrace  # a file has none (running/outside.py)

from . import diagnostics
from .recording import site

_place = site.NO_SITE
_is_repeated = False


def begin():
    """Before an entry point runs: none was interrupted yet."""
    global _place, _is_repeated
    _place, _is_repeated = site.NO_SITE, False
    settrace(None)  # of what was interrupted before, and did not come to another line
    signal.signal(signal.SIGINT, _stop)


def _stop(number, frame):
    global _place, _is_repeated
    running = site.user_frame(frame)
    if running is not None:
        _place = site.of_frame(running)
        if _is_repeated:
            _raise_on_next_line(running)
    _is_repeated = True
    raise KeyboardInterrupt


def _raise_on_next_line(frame):
    settrace(lambda *call: None)
    while frame is not None:
        frame.f_trace = _raise
        frame = frame.f_back and site.user_frame(frame.f_back)


def _raise(frame, event, value):
    if event == "line":
        raise KeyboardInterrupt  # which ends the tracing
    return _raise


def place(error):
    """The site in the user's code that was running when an interrupt came: the loop that it stopped, not the handler in which it ended."""
    return _place if _place >= 0 else site.of_traceback(error.__traceback__)


def ends(empty):
    """Of an entry point: an interrupt that comes where nothing else takes it is said at the line that was running. `empty`: what the answer has then beside it."""

    def decorated(entry):
        def run(request_json):
            begin()
            try:
                return entry(request_json)
            except KeyboardInterrupt as error:
                settrace(None)
                diagnostics.report("limit", "error", "stopped: the time was over", place(error))
                return json.dumps({**empty, "diagnostics": diagnostics.taken()})
            finally:
                settrace(None)
        return run
    return decorated
