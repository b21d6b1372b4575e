"""Content that is edited while the speaker runs: it is compiled anew, and heard from the next answer on.

Rule: looked for once an answer, and never where there is nothing but what was compiled. Content with a fault changes
nothing that is heard: what the compiler says of it is told, once for each time that it is saved.
"""

import json
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from coach.speaking.content import Content, best_locale, load, module_name, read
from coach.speaking.phrasebook import Phrasebook

HOUSE = Path(__file__).parents[1]
AGAIN = "The content has been compiled anew."


class EditedContent:
    """The words of each locale as they are written by now. `tell` is told what comes of a change, in one text."""

    def __init__(self, tell: Callable[[str], None], house: Path = HOUSE) -> None:
        self._tell = tell
        self._house = house
        self._saved = self._newest()
        self._known: dict[str, Phrasebook] = {}

    def __call__(self, locale: str) -> Phrasebook:
        """The words for a locale."""
        best = best_locale(locale)
        if (saved := self._newest()) != self._saved:
            self._saved = saved
            self._compile()
        if best not in self._known:
            self._known[best] = Phrasebook(load(best))
        return self._known[best]

    def _newest(self) -> tuple[float, int]:
        """When content was saved last, and how many files it is of."""
        times = [file.stat().st_mtime for file in (self._house / "content").rglob("*.yaml")]
        return max(times, default=0.0), len(times)

    def _compile(self) -> None:
        command = [sys.executable, "-m", "authoring", "compile", "--root", str(self._house)]
        done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)  # noqa: S603 - ours
        if done.returncode:
            self._tell(done.stdout.strip() or done.stderr.strip())
            return
        self._known = {locale: Phrasebook(self._compiled(locale)) for locale in self._known}
        self._tell(AGAIN)

    def _compiled(self, locale: str) -> Content:
        """What is compiled by now, whatever was imported before."""
        made = self._house / "lambda" / "coach" / "compiled"
        words = json.loads((made / f"{locale}.json").read_text(encoding="utf-8"))
        return read(words, runpy.run_path(str(made / f"{module_name(locale)}.py")))
