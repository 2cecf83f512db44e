"""Runs the user's file, statement by statement: what fails is reported on its line, and the rest goes on.

Entry point of the TypeScript side: `run_file` (src/python/fileRun.ts). Models are traced afterwards, by `trace`.
"""
import __future__
import ast
import json
import linecache
import re
import time
from collections import deque

from .. import leaving
from .. import diagnostics, door, framework, stopping, words
from ..construction import written
from ..construction.discovery import listing
from ..learning import ownloss, training
from ..missing import absent, finder
from ..models.roots import roots
from ..recording import calls, provenance, site
from ..session import session
from ..source import expressions, foreign, loops, parsed, procedures, statements
from ..source.bindings import names_bound
from ..source.comments import comments_of
from ..workspace import imports
from . import assumed, intact, surroundings
from .failures import Failures, stand_in
from .surroundings import Output, Surroundings


@stopping.ends({"listing": [], "output": ""})
def run_file(request_json):
    """{path, text, seed, root, timeLimitSeconds, avoided: [{line, reason}]} → {diagnostics, listing, output}. The listing is null where the time was over before it was made: `list_models` makes it in a time of its own."""
    request = {**json.loads(request_json), "began": time.perf_counter()}
    output = Output()
    models = None
    try:
        models = _run(request, output)
    except KeyboardInterrupt as error:
        session.is_stopped = True
        diagnostics.report("limit", _severity_of_stop(), f"stopped after {request['timeLimitSeconds']:g} s, before the file was read to its end", stopping.place(error))
    return json.dumps({"diagnostics": diagnostics.taken(), "listing": models, "output": output.text()})


def _run(request, output):
    path, text, root = request["path"], request["text"], request["root"]
    _begin(path, text, root, request["seed"])
    loops.limit_time(request["timeLimitSeconds"], request["began"])
    session.tree = _parsed(path, text)
    if session.tree is None:
        return []
    session.main.__package__ = imports.package_of(path, root, session.tree)
    session.comments = comments_of(path, text)
    with Surroundings(path, root, output):
        assumed.bind_well_known(session.tree, path, session.namespace)
        avoided = {entry["line"]: entry["reason"] for entry in request.get("avoided", ())}
        run = _FileRun(path, session.tree, request["timeLimitSeconds"], request["began"], avoided)
        session.run_as_module = run.run_as_module
        run.run()
        session.run_as_module = _nothing_left
        session.calls_of_file = len(calls.records())
        loops.limit_time(None)
        door.statement(0)
        try:
            return listing()
        except KeyboardInterrupt:
            return None


def _nothing_left():
    """The file has been run: what is imported later, to know how another file makes its models, finds it as it is."""


@stopping.ends({"listing": [], "output": ""})
def list_models(request_json):
    """{timeLimitSeconds} → {diagnostics, listing, output} of the file that was run last"""
    models = []
    if session.tree is not None:
        try:
            with surroundings.of_session():
                models = listing()
        except KeyboardInterrupt as error:
            session.is_stopped = True
            diagnostics.report("limit", "error", f"stopped after {json.loads(request_json)['timeLimitSeconds']:g} s, before all models of the file were found",
                               stopping.place(error))
    return json.dumps({"diagnostics": diagnostics.taken(), "listing": models, "output": ""})


def _begin(path, text, root, seed):
    intact.restore()
    for part in (site, calls, expressions, training, ownloss, provenance, absent, diagnostics, loops, roots, finder, imports, written):
        part.clear()
    session.begin(path, text, root, seed)
    session.training_files, session.files_beside = imports.training_files, imports.files_beside
    imports.prefer_workspace(imports.folders_of(path, root))
    linecache.cache[path] = (len(text), None, text.splitlines(True), path)
    for known in framework.registered():
        known.begin_run()
    framework.seed_everything(seed)


def _parsed(path, text):
    try:
        tree, left_out = parsed.parsed(path, text)
        for line in left_out:
            diagnostics.report("skipped", "information", "a command of a notebook: it is left out", site.of_line(path, line))
        return tree
    except SyntaxError as error:
        _report_syntax(error, path)
    except (RecursionError, MemoryError):
        diagnostics.report("limit", "error", "the file is nested too deeply to be read", site.of_position(path, 1, 0, 1, 0))
    return None


def _report_syntax(error, path):
    if "\0" in session.text:
        before = session.text[:session.text.index("\0")]
        line, column = len(re.split(r"\r\n|\r|\n", before)), len(re.split(r"[\r\n]", before)[-1].encode())
        return diagnostics.report("syntax", "error", "this is not the text of a Python file: it has null bytes", site.of_position(path, line, column, line, column + 1))
    count = session.line_count()

    def place(line, offset):
        line = min(max(line or 1, 1), count)
        return line, len(session.line(line)[:max((offset or 1) - 1, 0)].encode())

    start = place(error.lineno, error.offset)
    end = place(error.end_lineno or error.lineno, error.end_offset or error.offset)
    if end <= start:
        end = start[0], start[1] + 1
    diagnostics.report("syntax", "error", foreign.said_of(session.text, session.line(start[0])) or error.msg, site.of_position(path, *start, *end))


class _FileRun:
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
        if isinstance(statement, ast.FunctionDef) and statement.name in self._procedures:
            code = compile(ast.Module([procedures.tolerant(statement)], []), self._path, "exec", self._flags, dont_inherit=True)
        else:
            code = parsed.code_of(statement, self._path, self._flags)
        exec(code, session.namespace)

    def _failed(self, statement, error):
        if isinstance(error, ImportError) and isinstance(statement, ast.ImportFrom) and len(statement.names) > 1:
            return all([self._run(_import_of(statement, alias)) for alias in statement.names])
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
        diagnostics.report("limit", _severity_of_stop(), f"stopped after {self._time_limit:g} s: {what}",
                           place if place >= 0 else site.of_node(self._path, statement))


def _severity_of_stop():
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


def _import_of(statement, alias):
    return ast.copy_location(ast.ImportFrom(statement.module, [alias], statement.level), statement)


def _future_flags(statement):
    if not isinstance(statement, ast.ImportFrom) or statement.module != "__future__":
        return 0
    flags = 0
    for alias in statement.names:
        flags |= getattr(getattr(__future__, alias.name, None), "compiler_flag", 0)
    return flags
