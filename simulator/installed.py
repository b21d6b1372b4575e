"""The command `hip-coach`, for who installed the simulator and has no copy of the repository to say `make talk` in.

Rule: what talking takes is an extra, because the function on AWS needs none of it; who left it out is told.
"""

import sys


def main() -> int:
    """Run the speaker; returns the exit status."""
    try:
        # What it imports is what may be missing.
        from simulator.__main__ import main as talk  # noqa: PLC0415
    except ModuleNotFoundError as error:
        print(
            f"hip-coach: {error.name} is missing, which talking takes. "
            'Install "hip-coach[talk]" instead of "hip-coach", or ".[talk]" instead of ".".',
            file=sys.stderr,
        )
        return 1
    return talk()
