"""Writes facts/*.json: what PyTorch says of each construction of manifest.json (fact.py).

    python make_facts.py SOURCES [WORD]

SOURCES holds a folder `owner+name` per repository, at the manifest's commit (fetch_sources.py). With WORD, only constructions whose
name has it. Made with torch 2.13.0, torchvision 0.28.0, einops 0.8.1, timm 1.0.20.
"""
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
TIME_LIMIT = 600


def main(sources, word=""):
    manifest = json.loads((HERE / "manifest.json").read_text())
    wanted = [construction for construction in manifest["constructions"] if word in " ".join(construction)]
    found, failed = {}, []
    with ThreadPoolExecutor(2) as pool:
        for construction, job in zip(wanted, pool.map(lambda construction: run(sources, construction), wanted)):
            last = job.stdout.strip().splitlines()[-1:]
            if job.returncode == 0 and last:
                found.setdefault(construction[0], {})[" ".join(construction[1:])] = json.loads(last[0])
            else:
                failed.append((" ".join(construction), job.stderr.strip().splitlines()[-1:]))
    (HERE / "facts").mkdir(exist_ok=True)
    for repository, facts in found.items():
        file = HERE / "facts" / f"{repository.replace('/', '+') or 'own'}.json"
        if word and file.exists():
            facts = {**json.loads(file.read_text()), **facts}
        file.write_text(written(facts))
    print(f"{sum(map(len, found.values()))} made, {len(failed)} failed")
    for name, error in failed:
        print(name, error)


def run(sources, construction):
    command = [sys.executable, HERE / "fact.py", sources, json.dumps(construction)]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"more than {TIME_LIMIT} s")


def written(facts):
    """One layer or parameter a line."""
    parts = []
    for name, fact in sorted(facts.items()):
        rows = {key: ",\n".join(json.dumps(row, separators=(",", ":")) for row in fact[key]) for key in ("layers", "parameters")}
        head = json.dumps({key: value for key, value in fact.items() if key not in rows})
        parts.append(f'{json.dumps(name)}: {head[:-1]}, "layers": [\n{rows["layers"]}\n], "parameters": [\n{rows["parameters"]}\n]}}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    main(*sys.argv[1:])
