"""torch.futures: what is to be waited for is done at once, since there is one process."""


class Future:
    def __init__(self, *, devices=None):
        self._done, self._value, self._callbacks = False, None, []

    def done(self):
        return self._done

    def wait(self):
        return self._value

    value = wait

    def set_result(self, result):
        self._done, self._value = True, result
        for callback in self._callbacks:
            callback(self)

    def then(self, callback):
        following = Future()
        self.add_done_callback(lambda own: following.set_result(callback(own)))
        return following

    def add_done_callback(self, callback):
        if self._done:
            callback(self)
        else:
            self._callbacks.append(callback)


def wait_all(futures):
    return [future.wait() for future in futures]


def collect_all(futures):
    result = Future()
    result.set_result(futures)
    return result
