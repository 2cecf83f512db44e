"""An error that the user's code ran into, with what is known of its place; and what mends it."""
from .. import words
from ..recording import calls, site
from ..source import expressions


class Mend:
    """`hint`: in words. `edits`: what does it (`expressions`), under `title`; none where the file has no such place or it is not known to be right."""

    def __init__(self, hint, title="", edits=()):
        self.hint = hint
        self.fixes = [{"title": title, "edits": list(edits)}] if edits and None not in edits else []


class Failure:
    def __init__(self, error):
        self.error = error
        self.message = words.of(error)
        self.site = site.of_traceback(error.__traceback__)
        # The innermost call of a layer or function that ended with it.
        self.call = next((call for call in reversed(calls.records()) if call.failure == self.message), None)
        self._frames = _frames_below_user(error.__traceback__)

    @property
    def layer(self):
        """The framework's own module whose call failed."""
        return self.call.module if self.call is not None and self.call.kind == "module" and self.call.builtin else None

    @property
    def built(self):
        """The object whose construction, asked for by the user's code, failed."""
        return next((frame.f_locals["self"] for frame in self._frames if frame.f_code.co_name == "__init__" and "self" in frame.f_locals), None)

    @property
    def innermost(self):
        """Local names of the framework's function that raised."""
        return self._frames[-1].f_locals if self._frames else {}

    def local(self, name):
        """What the framework's outermost function that has such a name holds under it; None: none has."""
        return next((frame.f_locals[name] for frame in self._frames if name in frame.f_locals), None)

    @property
    def expression(self):
        """The call in the user's code that raised."""
        return expressions.call_at(self.site)

    @property
    def is_after_another(self):
        """Whether another layer or function of the same model's call came to its end before."""
        if self.call is None:
            return False
        outermost = self.call
        while outermost.parent is not None:
            outermost = outermost.parent
        return any(before.outputs for before in calls.records()[outermost.id + 1:self.call.id])


def _frames_below_user(traceback):
    frames = []
    while traceback is not None:
        frames = [] if site.is_user_file(traceback.tb_frame.f_code.co_filename) else [*frames, traceback.tb_frame]
        traceback = traceback.tb_next
    return frames
