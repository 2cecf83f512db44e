"""How a training loop is left: by what its first optimizer step raises."""


class LeaveTrainingLoop(BaseException):
    """Raised by the first optimizer step inside a loop; the runner leaves the outermost loop with it and goes on behind."""


depth = 0  # loops of the user's code that are running
