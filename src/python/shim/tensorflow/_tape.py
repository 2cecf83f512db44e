"""tf.GradientTape. The graph is recorded anyway: a tape only knows what it watches."""
from _lens import door
from _lens.recording import provenance
from keras._backend.symbolic import map_structure
from keras._backend.tensor import Tensor, as_tensor
from keras._backend.variable import BaseVariable, gradients


class GradientTape:
    def __init__(self, persistent=False, watch_accessed_variables=True):
        self.persistent = persistent
        self._watches_variables = watch_accessed_variables
        self._watched = set()
        self._used = False

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def watch(self, tensor):
        for one in tensor if isinstance(tensor, (list, tuple)) else [tensor]:
            self._watched.add(one.value.id)
            self.__dict__.setdefault("_kept", []).append(one)

    def stop_recording(self):
        import contextlib
        return contextlib.nullcontext()

    def reset(self):
        self._watched.clear()

    def watched_variables(self):
        return ()

    def _is_watched(self, source):
        if isinstance(source, BaseVariable):
            return self._watches_variables and source.trainable or source.value.id in self._watched
        return source.value.id in self._watched or provenance.is_derived(source.value.id)

    def gradient(self, target, sources, output_gradients=None, unconnected_gradients="none"):
        if self._used and not self.persistent:
            raise RuntimeError("A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)")
        self._used = True
        targets = [t for t in _flat(target)]
        flat = _flat(sources)
        total = [None] * len(flat)
        for index, one in enumerate(targets):
            seed = None if output_gradients is None else _flat(output_gradients)[index]
            if seed is not None:
                one = as_tensor(one) * seed
            wanted = [i for i, source in enumerate(flat) if self._is_watched(source)]
            for i, gradient in zip(wanted, gradients(one, [flat[i] for i in wanted]) if wanted else ()):
                total[i] = gradient if total[i] is None else total[i] if gradient is None else total[i] + gradient
        if getattr(unconnected_gradients, "value", unconnected_gradients) == "zero":
            total = [Tensor(door.record("full", shape=list(s.value.shape), value=0, dtype=s.value.dtype)) if g is None else g
                     for s, g in zip(flat, total)]
        answers = iter(total)
        return map_structure(lambda _: next(answers), sources)

    def jacobian(self, *args, **kwargs):
        raise door.UnsupportedError("GradientTape.jacobian is not supported")

    batch_jacobian = jacobian


def _flat(structure):
    if isinstance(structure, dict):
        structure = list(structure.values())
    if isinstance(structure, (list, tuple)):
        return [t for item in structure for t in _flat(item)]
    return [structure]


