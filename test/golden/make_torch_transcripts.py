"""Writes what real PyTorch prints for each script of `torch_transcripts/`, beside it as .txt. Needs torch 2.13 on CPU.

Run: python test/golden/make_torch_transcripts.py
"""
import pathlib
import subprocess
import sys

folder = pathlib.Path(__file__).parent / "torch_transcripts"
for script in sorted(folder.glob("*.py")):
    printed = subprocess.run([sys.executable, "-W", "ignore", script.name], cwd=folder, capture_output=True, text=True, check=True).stdout
    script.with_suffix(".txt").write_text(printed)
    print(script.name, len(printed.splitlines()), "lines")
