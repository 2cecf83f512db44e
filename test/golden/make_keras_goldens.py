"""Writes keras.json: what real Keras 3 (torch backend, CPU) makes of the cases of keras_cases.py. Needs keras==3.15 and torch."""
import json
import os
import pathlib
import runpy
import warnings

os.environ["KERAS_BACKEND"] = "torch"
warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent
results = runpy.run_path(str(here / "keras_cases.py"))["run_all"]()
(here / "keras.json").write_text(json.dumps(results, separators=(",", ":")).replace('{"expression"', '\n{"expression"') + "\n")
