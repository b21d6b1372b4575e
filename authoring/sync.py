"""`python -m authoring.sync`: bring content's names of routines, exercises and areas into the interaction models.

Rule: only the values of those slot types change. Intents, samples and all other types stay as they are written.
"""

import json
from pathlib import Path

from authoring.vocabulary import vocabulary


def sync(root: Path) -> list[Path]:
    """Write content's names into every interaction model below `root`; the files that changed."""
    changed: list[Path] = []
    for path in sorted((root / "interaction_model").glob("*.json")):
        before = path.read_text(encoding="utf-8")
        model = json.loads(before)
        names = vocabulary(root, path.stem)
        for kind in model["interactionModel"]["languageModel"]["types"]:
            if names.get(kind["name"]):
                kind["values"] = [_value(value, *called) for value, called in names[kind["name"]].items()]
        after = json.dumps(model, indent=2, ensure_ascii=False) + "\n"
        if after != before:
            path.write_text(after, encoding="utf-8")
            changed.append(path)
    return changed


def _value(value: str, name: str, aliases: list[str]) -> dict[str, object]:
    return {"id": value, "name": {"value": name} | ({"synonyms": aliases} if aliases else {})}


if __name__ == "__main__":
    for written in sync(Path()):
        print(f"wrote {written}")
