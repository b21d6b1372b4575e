"""The prompts of each locale as a Python module, so that nobody waits while they are compiled.

Rule: a module is only good for the Jinja that wrote it. So `python -m authoring.templates FOLDER` wants nothing but the
coach and Jinja: for the bundle it is run with the modules of the bundle, and with no others.
"""

import json
import sys
from pathlib import Path

from jinja2 import DictLoader

from coach.speaking.content import read
from coach.speaking.phrasebook import Phrasebook, page


def write(folder: Path) -> None:
    """Compile the prompts of every locale whose compiled content is in `folder`, and put the modules beside it."""
    for path in sorted(folder.glob("*.json")):
        content = read(json.loads(path.read_text(encoding="utf-8")))
        environment = Phrasebook(content).environment
        environment.loader = DictLoader(page(content))
        environment.compile_templates(folder, zip=None, ignore_errors=False)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
