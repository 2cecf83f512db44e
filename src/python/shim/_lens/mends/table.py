"""One table from error to mend, and the two ways to ask it: for an error that Python raised, and for an index that only the numbers showed to be out of range.

Entry point of the TypeScript side: `mend_of_index` (src/python/fileRun.ts).
"""
import json
import re
import traceback

from .. import door
from ..recording import calls
from . import layers, names, tensors
from .failure import Failure

_ROWS = tuple((re.compile(pattern), mend) for pattern, mend in (*layers.ROWS, *tensors.ROWS, *names.ROWS))


def mend_of(error):
    """The Mend of the first row that knows the error; None: nothing is known. Never raises: an error is reported with or without."""
    try:
        failure = Failure(error)
        for pattern, mend in _ROWS:
            found = pattern.search(failure.message)
            if found is None:
                continue
            made = mend(failure, **found.groupdict()) if found.groupdict() else mend(failure, *found.groups())
            if made is not None:
                return made
    except Exception as broken:
        door.log("".join(traceback.format_exception(broken)), "error")
    return None


def mend_of_index(request_json):
    """{call, size} → {hint, fixes} | null: for the Embedding of a call whose largest index is `size - 1`"""
    request = json.loads(request_json)
    call = calls.records()[request["call"]]
    if not hasattr(call.module, "num_embeddings"):
        return json.dumps(None)
    mend = layers.of_index(call, request["size"])
    return json.dumps({"hint": mend.hint, "fixes": mend.fixes})
