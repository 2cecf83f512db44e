"""Writes keras_transcripts.json: what each snippet of keras_snippets.py prints under real Keras 3 (torch backend, CPU)."""
import contextlib
import io
import json
import os
import pathlib
import warnings

os.environ["KERAS_BACKEND"] = "torch"
os.environ["COLUMNS"] = "80"
warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent
transcripts = {}
for snippet in (here / "keras_snippets.py").read_text().split("### ")[1:]:
    name, _, text = snippet.partition("\n")
    import keras
    keras.backend.clear_session()
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(text, {"__name__": "__main__"})
    transcripts[name] = output.getvalue()
(here / "keras_transcripts.json").write_text(json.dumps(transcripts, indent=0) + "\n")
