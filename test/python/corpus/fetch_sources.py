"""Brings the repositories of manifest.json, each at its commit: python fetch_sources.py FOLDER [ADDRESS]

ADDRESS: where repositories are cloned from, `https://github.com/{}` by default.
"""
import json
import subprocess
import sys
from pathlib import Path


def main(folder, address="https://github.com/{}"):
    repositories = json.loads((Path(__file__).parent / "manifest.json").read_text())["repositories"]
    for repository, commit in repositories.items():
        clone = Path(folder) / repository.replace("/", "+")
        if not clone.exists():
            subprocess.run(["git", "init", "--quiet", clone], check=True)
        git = ["git", "-C", clone]
        if subprocess.run([*git, "rev-parse", "--verify", "--quiet", "HEAD"], capture_output=True, text=True).stdout.strip() != commit:
            subprocess.run([*git, "fetch", "--quiet", "--depth", "1", address.format(repository), commit], check=True)
            subprocess.run([*git, "checkout", "--quiet", commit], check=True)
        print(repository, commit)


if __name__ == "__main__":
    main(*sys.argv[1:])
