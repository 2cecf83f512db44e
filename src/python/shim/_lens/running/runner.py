"""Runs the user's file, and finds its models.

Entry points of the TypeScript side (src/python/fileRun.ts): `run_file`, `list_models`. Models are traced afterwards, by `trace`.
"""
import json
import linecache
import time

from .. import diagnostics, door, framework, stopping
from ..construction import written, writtenloss
from ..construction.discovery import listing
from ..learning import ownloss, training
from ..missing import absent, finder
from ..models.roots import roots
from ..recording import calls, provenance, site
from ..session import session
from ..source import expressions, loops
from ..source.comments import comments_of
from ..workspace import imports, modules
from . import assumed, intact, surroundings, syntax
from .filerun import FileRun, severity_of_stop
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
        diagnostics.report("limit", severity_of_stop(), f"stopped after {request['timeLimitSeconds']:g} s, before the file was read to its end", stopping.place(error))
    return json.dumps({"diagnostics": diagnostics.taken(), "listing": models, "output": output.text()})


def _run(request, output):
    path, text, root = request["path"], request["text"], request["root"]
    _begin(path, text, root, request["seed"])
    loops.limit_time(request["timeLimitSeconds"], request["began"])
    session.tree = syntax.tree_of(path, text)
    if session.tree is None:
        return []
    session.main.__package__ = modules.package_of(path, root, session.tree)
    session.comments = comments_of(path, text)
    with Surroundings(path, root, output):
        assumed.bind_well_known(session.tree, path, session.namespace)
        avoided = {entry["line"]: entry["reason"] for entry in request.get("avoided", ())}
        run = FileRun(path, session.tree, request["timeLimitSeconds"], request["began"], avoided)
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
    session.training_files, session.files_beside, session.written_loss = imports.training_files, imports.files_beside, writtenloss.functions
    imports.prefer_workspace(modules.folders_of(path, root))
    linecache.cache[path] = (len(text), None, text.splitlines(True), path)
    for known in framework.registered():
        known.begin_run()
    framework.seed_everything(seed)
