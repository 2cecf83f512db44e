"""What real NumPy prints for test/python/numpy/transcripts/*.py: writes numpyTranscripts.json beside itself.

Run with an interpreter that has NumPy 2. Each part of a transcript begins with a comment that says what it shows.
"""
import base64
import contextlib
import io
import json
import pathlib
import warnings

import numpy as np

HERE = pathlib.Path(__file__).parent
FOLDER = HERE.parent / "python" / "numpy" / "transcripts"


def saved(write, *arrays, **named):
    file = io.BytesIO()
    write(file, *arrays, **named)
    return base64.b64encode(file.getvalue()).decode()


def prelude():
    """What every part finds defined: NumPy, `said`, and files that NumPy wrote."""
    files = {
        "NPY_FLOATS": saved(np.save, np.array([[1.5, 2], [3, 4]])),
        "NPY_FORTRAN": saved(np.save, np.asfortranarray(np.arange(6).reshape(2, 3))),
        "NPY_WORDS": saved(np.save, np.array(["ab", "c"])),
        "NPZ": saved(np.savez_compressed, x=np.arange(3), y=np.array([0.5, 1], dtype=np.float32)),
    }
    lines = ["import numpy as np", *(f"{name} = {text!r}" for name, text in files.items())]
    return "\n".join(lines) + """
def said(f):
    try:
        print(f())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
"""


def parts(text):
    """(title, text) of each part."""
    for block in ("\n" + text).split("\n# ")[1:]:
        title, _, body = block.partition("\n")
        yield title, body


def main():
    begin, transcripts = prelude(), {}
    for path in sorted(FOLDER.glob("*.py")):
        transcripts[path.stem] = {}
        for title, body in parts(path.read_text()):
            output = io.StringIO()
            with contextlib.redirect_stdout(output), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                exec(compile(begin + body, path.name, "exec"), {"__name__": "__main__"})
            transcripts[path.stem][title] = {"text": body, "stdout": output.getvalue()}
    document = {"numpy": np.__version__, "prelude": begin, "transcripts": transcripts}
    (HERE / "numpyTranscripts.json").write_text(json.dumps(document, indent=1) + "\n")
    print(sum(map(len, transcripts.values())), "parts")


main()
