"""The files of the interaction models: `LOCALE.json`, whole and in Amazon's format, or `LOCALE.yaml`, which says only
how a variety of a language differs from its base.

Rule: what content names, a variety does not name again. Its routines, exercises and areas are called what the content
of its own locale calls them.

    base: en-US
    invocationName: hip coach
    intents: {AMAZON.NextIntent: {also: [crack on], without: [advance]}}
    types: {BODY_PART: {buttock: {also: [bum cheek]}}}
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from authoring import document as files
from authoring.bases import in_order
from authoring.content import Language, Library, Page, Reader
from authoring.document import Document, Where
from authoring.language_model import LanguageModel, ModelFile
from authoring.overlay import BASE, NOTHING, Laying
from authoring.problem import Problem
from authoring.vocabulary import KINDS, names_in, places

SOURCE = Path("interaction_model")
MADE = Path("build", "interaction_model")
"""Where the whole models of varieties are made."""

MODEL: TypeAdapter[ModelFile] = TypeAdapter(ModelFile)
TOP: Where = ("interactionModel", "languageModel")
TYPES: Where = (*TOP, "types")

Models = Mapping[str, Page[ModelFile]]
"""The interaction models by their locales, each after its base."""

_INVOCATION = "invocationName"
_KEYS = (BASE, _INVOCATION, "intents", "types")


def read(root: Path, library: Library | None) -> tuple[Models, list[Problem]]:
    """The well-formed interaction models by locale, and what is wrong with the others and with the set of them."""
    folder = root / SOURCE
    paths = {path.stem: path for suffix in ("yaml", "json") for path in sorted(folder.glob(f"*.{suffix}"))}
    if not paths:
        return {}, [Problem(folder, 1, "there is no interaction model here")]
    reader = Reader()
    for locale, path in paths.items():
        if path.suffix == ".json" and (beside := path.with_suffix(".yaml")).exists():
            reader.problems.append(
                Problem(beside, 1, f"{locale} has a model that is whole, {path.name}: leave one out")
            )
    languages = {language.locale: language for language in library.languages} if library else {}
    documents = {locale: files.read(path) for locale, path in paths.items()}
    order, faults = in_order(documents)
    reader.problems.extend(faults)
    pages: dict[str, Page[ModelFile]] = {}
    for locale, base in order:
        document = documents[locale]
        if is_whole(document):
            page = reader.checked(document, MODEL)
        else:
            page = _variety(reader, document, base, pages.get(base), languages.get(locale))
        if page:
            pages[locale] = page
    if library:
        reader.problems.extend(_unmatched(folder, paths, languages))
    return pages, reader.problems


def is_whole(document: Document) -> bool:
    """Whether a model is written whole, and not as a variety."""
    return document.path.suffix == ".json"


def language_model(page: Page[ModelFile]) -> LanguageModel:
    """What a file says of its language."""
    return page.content.interactionModel.languageModel


def written(page: Page[ModelFile]) -> str:
    """A model as Amazon takes it, without the blanks that a reader likes: what is sent may not be long."""
    whole = is_whole(page.document)
    model = json.loads(page.document.text) if whole else page.content.model_dump(mode="json", exclude_unset=True)
    return json.dumps(model, separators=(",", ":"), ensure_ascii=False) + "\n"


def write(models: Models, out: Path) -> None:
    """Write the models of varieties whole into the folder `out`."""
    out.mkdir(parents=True)
    for locale, page in models.items():
        if not is_whole(page.document):
            (out / f"{locale}.json").write_text(written(page), encoding="utf-8")


def _unmatched(folder: Path, paths: Mapping[str, Path], languages: Mapping[str, Language]) -> Iterator[Problem]:
    """Models without content, and content without a model."""
    for locale in paths.keys() - languages.keys():
        yield Problem(paths[locale], 1, f"content has no locale {locale}")
    for locale in languages.keys() - paths.keys():
        suffix = "yaml" if languages[locale].below else "json"
        yield Problem(folder / f"{locale}.{suffix}", 1, f"this file is missing: content has the locale {locale}")


def _variety(
    reader: Reader, over: Document, base: str, below: Page[ModelFile] | None, language: Language | None
) -> Page[ModelFile] | None:
    """A variety laid over its base. There is none where the base has a fault of its own."""
    if over.data is None or over.faults:
        reader.problems.extend(over.faults)
        return None
    if not base:
        reader.problems.append(over.problem((), f"`{BASE}` is missing: the locale that this one differs from"))
    if not below:
        return None
    laying = Laying(below.document, over, base)
    for key in over.data.keys() - set(_KEYS):
        laying.refuse((key,), f"`{key}` is not a key that is known here")
    if _INVOCATION in over.data:
        laying.lay((*TOP, _INVOCATION), (_INVOCATION,))
    for name, where in _named(laying, ("intents",), (*TOP, "intents"), "name"):
        laying.edit((*where, "samples"), ("intents", name))
    for kind, values in _named(laying, ("types",), TYPES, "name"):
        if kind in KINDS:
            laying.refuse(("types", kind), f"content says what a {kind} is called, and in which locale")
            continue
        for value, where in _named(laying, ("types", kind), (*values, "values"), "id"):
            laying.edit((*where, "name", "synonyms"), ("types", kind, value))
    if language:
        _call(laying, language)
    return reader.checked(laying.document, MODEL)


def _named(laying: Laying, by: Where, where: Where, key: str) -> Iterator[tuple[str, Where]]:
    """What stands at `by` in the upper page, by name, with the place of that thing in the list at `where`."""
    given = _part(laying.over.data, by)
    if not isinstance(given, dict):
        laying.refuse(by, NOTHING)
        return
    listed = [thing.get(key) for thing in _part(laying.data, where) or []]
    for name, changes in given.items():
        if name not in listed:
            laying.refuse((*by, name), f"there is no {name} to change")
        elif not isinstance(changes, dict) or not changes:
            laying.refuse((*by, name), NOTHING)
        else:
            yield name, (*where, listed.index(name))


def _call(laying: Laying, language: Language) -> None:
    """Call routines, exercises and areas what the content of a language calls them."""
    names = names_in(language)
    for number, kind in enumerate(_part(laying.data, TYPES)):
        for place, value in enumerate(kind["values"]):
            if value["id"] in names.get(kind["name"], {}):
                where: Where = (*TYPES, number, "values", place, "name")
                name, aliases = names[kind["name"]][value["id"]]
                there, others = places(language, kind["name"], value["id"])
                laying.put(where, {"value": name} | ({"synonyms": list(aliases)} if aliases else {}), there)
                for at, other in enumerate(others):
                    laying.tell((*where, "synonyms", at), other)


def _part(data: Any, where: Where) -> Any:
    for key in where:
        data = data.get(key, {}) if isinstance(data, dict) else data[key]
    return data
