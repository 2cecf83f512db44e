"""The file of weights that was given with the request, as a file to read from."""
import io
import zipfile

from .. import door

_MOST_BYTES = 1 << 30


class WeightsError(Exception):
    """The file cannot be taken; the message goes on from "NAME: "."""


class GivenFile(io.RawIOBase):
    """The bytes are outside of the interpreter's memory: what is read is copied in."""

    def __init__(self):
        self._size = door.weights_size()
        self._at = 0

    def readable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return self._at

    def seek(self, offset, whence=io.SEEK_SET):
        base = (0, self._at, self._size)[whence]
        if base + offset < 0:
            raise OSError("a place before the file's beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer):
        part = self.range(self._at, min(len(buffer), max(self._size - self._at, 0)))
        buffer[:len(part)] = part
        self._at += len(part)
        return len(part)

    @property
    def size(self):
        return self._size

    def range(self, offset, count):
        """`count` bytes from `offset` on, as `array("B")`."""
        if offset < 0 or count < 0 or offset + count > self._size:
            raise WeightsError("the file is cut off")
        return door.read_weights(offset, count)


def archive(kind):
    """The given file as a zip archive. `kind`: what it should be, for the message."""
    file = GivenFile()
    begins_as_zip = file.range(0, min(4, file.size)).tobytes() == b"PK\x03\x04"
    try:
        opened = zipfile.ZipFile(io.BufferedReader(file))
    except zipfile.BadZipFile:
        raise WeightsError("the file is cut off" if begins_as_zip else f"it is not {kind}") from None
    if sum(member.file_size for member in opened.infolist()) > _MOST_BYTES:
        raise WeightsError("it unpacks to more than 1 GiB")
    return opened


def read_member(opened, name, offset=0, count=None):
    """`count` bytes of a member from `offset` on; without a count, all that follows."""
    try:
        with opened.open(name) as member:
            member.seek(offset)
            content = member.read() if count is None else member.read(count)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise WeightsError(f"`{name}` in it is damaged ({error})") from None
    if count is not None and len(content) != count:
        raise WeightsError(f"`{name}` in it is cut off")
    return content
