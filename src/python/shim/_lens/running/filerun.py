"""One run of the user's file, statement by statement: what fails is reported on its line, and the rest goes on."""
import __future__
import ast
import time
from collections import deque

from .. import diagnostics, door, leaving, stopping, words
from ..models.roots import roots
from ..recording import site
from ..session import session
from ..source import loops, parsed, procedures, statements
from ..source.bindings import names_bound
from . import assumed
from .failures import Failures, is_passed_over, stand_in


class FileRun:
    def __init__(self, path, tree, time_limit, began, avoided):
        self._path = path
        self._time_limit = time_limit
        self._end = began + 0.9 * time_limit  # the limit began a little before
        self._avoided = avoided  # line -> why the statement there is not to be run
        self._flags = 0
        self._failures = session.failures = Failures()
        own_level = list(_statements(tree.body))
        self._procedures = session.procedures = procedures.names_of(own_level)
        self._statements = deque(own_level)
        self._current = None
        self._current_began = began
        self._is_interrupted = False
        self._tree = tree
        self._bound = None

    def run(self):
        try:
            while self._statements:
                self._current, self._current_began = self._statements.popleft(), time.perf_counter()
                if not self._run(self._current):
                    break
        except KeyboardInterrupt as error:
            if not self._is_interrupted:
                self._is_interrupted = True
                self._report_interrupt(error, self._current)
        self._statements.clear()

    def run_as_module(self):
        """Runs the rest of the file at once: the package that one of its imports has brought asks for the file itself, which is not to run a second time."""
        if self._current is not None:
            self._statements.appendleft(self._current)
        self.run()
        if self._is_interrupted:
            raise KeyboardInterrupt

    def _run(self, statement):
        """Runs one statement; False when the file ends here."""
        self._flags |= _future_flags(statement)
        loops.close_all()
        door.statement(statement.lineno)
        if statement.lineno in self._avoided:
            diagnostics.report("limit", "error", f"this is left out: {self._avoided[statement.lineno]}", site.of_node(self._path, statement))
            self._failures.lost.update((name, statement.lineno) for name in self._names_lost(statement))
            return True
        try:
            self._execute(statement)
        except SystemExit as error:
            if is_passed_over(error):
                return self._failed(statement, error)
            self._report_exit(error, statement)
            return False
        except leaving.LeaveTrainingLoop:
            pass
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            return self._failed(statement, error)
        return True

    def _execute(self, statement):
        run = procedures.tolerant(statement, self._procedures)
        code = parsed.code_of(statement, self._path, self._flags) if run is statement else compile(ast.Module([run], []), self._path, "exec", self._flags, dont_inherit=True)
        exec(code, session.namespace)

    def _failed(self, statement, error):
        if isinstance(error, ImportError) and isinstance(statement, ast.ImportFrom) and len(statement.names) > 1:
            return all([self._run(statements.importing(statement, [alias])) for alias in statement.names])
        if isinstance(error, NameError) and not isinstance(error, UnboundLocalError) and error.name not in self._names_bound():
            if assumed.bind_data(error, session.namespace):
                return self._run(statement)
        names = self._names_lost(statement)
        if self._failures.report(error, names, statement.lineno, site.of_node(self._path, statement)):
            session.namespace.update((name, stand_in(name)) for name in names)
        return True

    def _names_bound(self):
        if self._bound is None:
            self._bound = names_bound(self._tree.body)
        return self._bound

    def _names_lost(self, statement):
        """What a statement that failed would have bound."""
        return [name for name in names_bound([statement]) if name not in session.namespace]

    def _report_exit(self, error, statement):
        """What the file says at its end; a status, where it leaves something out."""
        code = error.code
        session.ended_at = statement.lineno if self._statements else None
        if code is None or isinstance(code, int) and (code == 0 or not self._statements):
            return
        place = site.of_traceback(error.__traceback__)
        said = f", with status {code}" if isinstance(code, int) else f": {words.of(code)}"
        diagnostics.report("skipped", "information", f"the file ends here{said}", place if place >= 0 else site.of_node(self._path, statement))

    def _report_interrupt(self, error, statement):
        now = time.perf_counter()
        if now < self._end:  # the file's own
            return diagnostics.report_exception(error, site.of_node(self._path, statement))
        session.is_stopped = True
        place = stopping.place(error)
        in_loop = any(isinstance(node, (ast.For, ast.While)) for node in statements.every([statement]))
        if now - self._current_began < self._time_limit / 2:
            what = "the file had come to this line"
        else:
            what = "this loop did not end" if in_loop else "this did not end"
        diagnostics.report("limit", severity_of_stop(), f"stopped after {self._time_limit:g} s: {what}",
                           place if place >= 0 else site.of_node(self._path, statement))


def severity_of_stop():
    """What is stopped behind the model's own call took nothing from what is shown of it."""
    return "warning" if any(root.parameters and root.call.failure is None for root in roots.all()) else "error"


def _statements(body):
    """The top-level statements; those below `if __name__ == "__main__":` count as such."""
    for statement in body:
        if isinstance(statement, ast.If) and _is_main_test(statement.test):
            yield from statement.body
        else:
            yield statement


def _is_main_test(test):
    return isinstance(test, ast.Compare) and ast.unparse(test) in ("__name__ == '__main__'", "'__main__' == __name__")


def _future_flags(statement):
    if not isinstance(statement, ast.ImportFrom) or statement.module != "__future__":
        return 0
    flags = 0
    for alias in statement.names:
        flags |= getattr(getattr(__future__, alias.name, None), "compiler_flag", 0)
    return flags
