"""Runs a text as a plain script, without the runner's tolerance: what tests of the shims use."""
import contextlib
import io
import json
import traceback

from .. import door, framework
from ..learning import training
from ..recording import calls, site


def run(request_json):
    request = json.loads(request_json)
    site.clear()
    calls.clear()
    training.clear()
    for known in framework.registered():
        known.begin_run()
    door.manual_seed(request["seed"])
    output, errors = io.StringIO(), ""
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            exec(compile(request["text"], request["file"], "exec"), {"__name__": "__main__", "__file__": request["file"]})
        except BaseException:
            errors = traceback.format_exc()
    return json.dumps({"stdout": output.getvalue(), "errors": errors})
