"""What the code of a user's files calls of ours, by names that they cannot have: each is known to all code, the file's modules included, once it is opened."""
import builtins

# Door → what it does; the module that does it opens it.
DOORS = {
    "loop": "stands around an outermost loop (`loops`)",
    "turn": "begins a turn of it (`loops`)",
    "due": "asks a condition that holds back a step of training (`loops`, `heldback`)",
    "paced": "gives what a loop before a step of training goes through (`loops`, `heldback`)",
    "forward": "gives what a call of a thing's `forward` calls (`forwardcalls`)",
    "method": "gives what a call of a thing's method calls, which may stand for its `forward` (`forwardcalls`)",
    "table": "gives a table of data that is left out of the code (`tables`)",
    "goes_on": "reports what a statement of a procedure raised (`running.failures`)",
    "absent": "gives what stands in for data that are not here (`running.failures`)",
    "leaves": "keeps the names of a procedure that ends (`running.failures`)",
}


def name_of(door):
    return f"__lens_{door}__"


def open_for_all(**doors):
    for door, function in doors.items():
        if door not in DOORS:
            raise KeyError(door)
        setattr(builtins, name_of(door), function)
