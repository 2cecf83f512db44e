"""Writes the table of src/python/shim/torch/_public_names.py: the names that PyTorch's modules have. Needs torch 2.13: python test/golden/make_public_names.py"""
import importlib
import re
import textwrap
import types
from pathlib import Path

import torch

TABLE = Path(__file__).parents[2] / "src/python/shim/torch/_public_names.py"
OF_THE_STANDARD_LIBRARY = ("typing", "typing_extensions", "collections.abc", "datetime", "functools")


def names_of(module):
    thing = torch.Tensor if module == "torch.Tensor" else importlib.import_module(module)
    return sorted(name for name in dir(thing) if not name.startswith("_") and not is_foreign(getattr(thing, name, None)))


def is_foreign(value):
    name = value.__name__ if isinstance(value, types.ModuleType) else getattr(value, "__module__", None) or ""
    return name in OF_THE_STANDARD_LIBRARY or isinstance(value, types.ModuleType) and not name.startswith("torch")


def main():
    text = TABLE.read_text()
    modules = re.findall(r'^    "([\w.]+)": """', text, re.MULTILINE)
    rows = "".join(f'    "{module}": """\n{textwrap.fill(" ".join(names_of(module)), 130, initial_indent=" " * 8, subsequent_indent=" " * 8)}\n    """,\n' for module in modules)
    TABLE.write_text(re.sub(r"_NAMES = \{\n.*?\n\}\n", lambda _: f"_NAMES = {{\n{rows}}}\n", text, flags=re.DOTALL))


if __name__ == "__main__":
    main()
