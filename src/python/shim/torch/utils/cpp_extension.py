"""torch.utils.cpp_extension: nothing can be compiled here. What files do without it (a branch for the CPU) is run."""
from _lens import diagnostics
from _lens.recording import site
from _lens.missing.later import Later

CUDA_HOME = ROCM_HOME = None


def load(name, sources=None, *args, **options):
    sentence = f"torch.utils.cpp_extension.load is not supported: {name!r} is C++ or CUDA that would have to be compiled"
    diagnostics.report("unsupported", "warning", sentence, site.here())
    return Later(sentence)


load_inline = load


class BuildExtension:
    """Of a setup script, which builds nothing here."""

    @classmethod
    def with_options(cls, **options):
        return cls


def CppExtension(name, sources, *args, **options):
    return name


CUDAExtension = SyclExtension = CppExtension


def include_paths(*args, **options):
    return []


library_paths = include_paths
