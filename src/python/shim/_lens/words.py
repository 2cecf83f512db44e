"""What an error says, where it can be shown: an error of the user's own may raise when it is asked, or say megabytes."""

_LONGEST = 2000


def of(error):
    try:
        words = str(error)
    except Exception:
        return ""
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
