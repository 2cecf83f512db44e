"""Writes facts/*.json: what PyTorch says of each construction of manifest.json (fact.py).

    python make_facts.py SOURCES [WORD | --missing]

SOURCES holds a folder `owner+name` per repository, at the manifest's commit (fetch_sources.py). With WORD, only constructions whose
name has it; with --missing, only those that have no fact yet. Made with torch 2.13.0, torchvision 0.28.0, einops 0.8.1, timm 1.0.20.
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
    wanted = [construction for construction in manifest["constructions"] if (is_missing(construction) if word == "--missing" else word in " ".join(construction))]
    made, failed = 0, []
    (HERE / "facts").mkdir(exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        for repository in dict.fromkeys(construction[0] for construction in wanted):
            of_it, found = [construction for construction in wanted if construction[0] == repository], {}
            for construction, job in zip(of_it, pool.map(lambda construction: run(sources, construction), of_it)):
                last = job.stdout.strip().splitlines()[-1:]
                if job.returncode == 0 and last:
                    found[" ".join(construction[1:])] = json.loads(last[0])
                else:
                    failed.append((" ".join(construction), job.stderr.strip().splitlines()[-1:]))
            file_of(repository).write_text(written({**known(repository), **found} if word else found))
            made += len(found)
            print(repository or "own", len(found), "of", len(of_it), flush=True)
    print(f"{made} made, {len(failed)} failed")
    for name, error in failed:
        print(name, error)


def file_of(repository):
    return HERE / "facts" / f"{repository.replace('/', '+') or 'own'}.json"


def known(repository):
    return json.loads(file_of(repository).read_text()) if file_of(repository).exists() else {}


def is_missing(construction):
    return " ".join(construction[1:]) not in known(construction[0])


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
