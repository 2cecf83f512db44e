"""no_grad, enable_grad, inference_mode: whether results of operations carry a gradient."""
import functools
import inspect


class _Mode:
    enabled = True
    inference = False


def is_grad_enabled():
    return _Mode.enabled


def is_inference_mode_enabled():
    return _Mode.inference


class _GradContext:
    """A context manager that sets the mode, and a decorator of functions, generators and classes."""

    def __init__(self, mode):
        self.mode = mode
        self._previous = []

    def __enter__(self):
        self._previous.append(_Mode.enabled)
        _Mode.enabled = self.mode
        return self

    def __exit__(self, *error):
        _Mode.enabled = self._previous.pop()

    def clone(self):
        return type(self)()

    def __call__(self, function):
        if inspect.isgeneratorfunction(function):
            @functools.wraps(function)
            def generator(*args, **kwargs):
                running = function(*args, **kwargs)
                while True:
                    with self.clone():
                        try:
                            item = next(running)
                        except StopIteration as stop:
                            return stop.value
                    yield item
            return generator

        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            with self.clone():
                return function(*args, **kwargs)
        return wrapper


class no_grad(_GradContext):
    def __new__(cls, function=None):
        return cls()(function) if function is not None else object.__new__(cls)

    def __init__(self, function=None):
        super().__init__(False)


class enable_grad(no_grad):
    def __init__(self, function=None):
        _GradContext.__init__(self, True)


class inference_mode(_GradContext):
    def __new__(cls, mode=True):
        return cls()(mode) if callable(mode) else object.__new__(cls)

    def __init__(self, mode=True):
        super().__init__(not mode)
        self._inference = mode
        self._outer = []

    def __enter__(self):
        self._outer.append(_Mode.inference)
        _Mode.inference = self._inference
        return super().__enter__()

    def __exit__(self, *error):
        _Mode.inference = self._outer.pop()
        super().__exit__(*error)

    def clone(self):
        return inference_mode(self._inference)


class set_grad_enabled(_GradContext):
    """Sets the mode at once; as a context manager, until its end."""

    def __init__(self, mode):
        super().__init__(mode)
        self._before = _Mode.enabled
        _Mode.enabled = mode

    def __enter__(self):
        self._previous.append(self._before)
        _Mode.enabled = self.mode
        return self

    def clone(self):
        return set_grad_enabled(self.mode)

    def __call__(self, function):
        _Mode.enabled = self._before
        return super().__call__(function)
