"""Writes what torchvision's models are and compute (`torchvision_cases.py`) into torchvision.json. Needs torchvision 0.28 with torch 2.13 on CPU.

Run: python test/golden/make_torchvision_goldens.py
"""
import pathlib
import subprocess
import sys

folder = pathlib.Path(__file__).parent
printed = subprocess.run([sys.executable, folder / "torchvision_cases.py"], capture_output=True, text=True, check=True).stdout
lines = printed.splitlines()
(folder / "torchvision.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
print(len(lines), "cases")
