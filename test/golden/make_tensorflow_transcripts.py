"""Writes tensorflow.json: what each snippet of tensorflow_snippets.py prints under real TensorFlow 2.19 or later (CPU)."""
import contextlib
import io
import json
import os
import pathlib
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent
transcripts = {}
for snippet in (here / "tensorflow_snippets.py").read_text().split("### ")[1:]:
    name, _, text = snippet.partition("\n")
    import tensorflow as tf
    tf.keras.backend.clear_session()
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        exec(text, {"__name__": "__main__"})
    transcripts[name] = output.getvalue()
(here / "tensorflow.json").write_text(json.dumps(transcripts, indent=0) + "\n")
