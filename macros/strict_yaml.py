"""YAML read into validated models; every error names its file, line and key."""

import difflib
import html
import re
import reprlib
from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from macros.problem import Problem, ProblemsError

WORDS = r"^\S(.*\S)?$"
FACT_ID = r"^F[1-9][0-9]*$"
NAME = r"^[a-z][a-z0-9_]*$"
ICON = r"^[a-z0-9]+/[a-z0-9-]+$"
FILE_NAME = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
CASE = r"^(?:[A-Z]{2}|[a-z][a-z0-9_]*)$"
HASH = r"^[0-9a-f]{10}$"
DIRECTIONS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Characters that change the direction of text."""
_DIRECTED = re.compile(r"</?bd[io]\b|<[a-z][^<>]*\sdir\s*=", re.IGNORECASE)
LANGUAGE_TAG = r"^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$"
PHONE = r"^\+?[0-9](?: ?[0-9]){2,14}$"
_HOST = r"(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}"
EMAIL = rf"^[A-Za-z0-9._%+-]+@{_HOST}$"
WEB = rf"^https://{_HOST}(?:[/?#][!#-;=?-Z_a-z~]*)?$"
"""The spellings that models ask for, as regular expressions; _SPELLINGS has them in words."""

Model = TypeVar("Model", bound=BaseModel)

_EXPECTED = {
    "int_type": "a whole number",
    "string_type": "words in quotes",
    "bool_type": "true or false",
    "float_type": "a number",
    "date_type": "a day such as 2020-03-16",
    "datetime_type": "a date and time such as 2020-03-16T00:00:00",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "literal_error": "{expected}",
    "string_too_short": "at least {min_length} characters",
    "string_too_long": "at most {max_length} characters",
    "too_short": "at least {min_length} entries",
    "string_pattern_mismatch": "{spelling}",
    "union_tag_invalid": "one of {expected_tags}",
    "union_tag_not_found": "a kind",
}
"""What was expected, by pydantic's error types; others keep pydantic's own words."""

_SPELLINGS = {
    WORDS: "words on one line, without spaces before or after",
    FACT_ID: "the id of a fact, such as F6",
    NAME: "a name of small letters, digits and underscores, such as refund_arrival",
    CASE: "a country code such as DE, or a name of small letters such as brand_shops",
    HASH: "the hash that an error or 'make translations' names",
    LANGUAGE_TAG: "a language tag such as es, pt-BR or zh-Hans",
    PHONE: "3 to 15 digits, with single spaces between them, such as +44 20 7946 0018",
    EMAIL: "an e-mail address such as help@example.com",
    WEB: "a web address such as https://example.com/help",
    FILE_NAME: "small letters, digits and hyphens, such as can-i-still-cancel",
    ICON: "a folder and a name, such as material/cash-refund",
}


_NUMBER_TAGS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_WORDS_TAG = "tag:yaml.org,2002:str"
_DEEPEST = 100
"""How many levels deep a file may nest: the reader calls itself once a level."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader, made to refuse duplicate keys, and to read plain numbers only.

    Stock YAML takes the last of two equal keys, 020 for sixteen, and 1:30 for ninety.
    """

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, spelling) for tag, spelling in resolvers if tag not in _NUMBER_TAGS]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable):
                if key in seen:
                    raise _at(key_node, f"duplicate key '{key}'")
                seen.add(key)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping

    def construct_scalar_strictly(self, node: yaml.ScalarNode) -> Any:
        try:
            return yaml.SafeLoader.yaml_constructors[node.tag](self, node)
        except (ValueError, OverflowError, KeyError) as error:  # such as the day 2020-02-30
            raise _at(node, f"{error}, in {reprlib.repr(node.value)}") from error


for _tag in (*_NUMBER_TAGS, "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"):
    _Loader.add_constructor(_tag, _Loader.construct_scalar_strictly)
_Loader.add_implicit_resolver(
    _NUMBER_TAGS[0], re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789")
)
_Loader.add_implicit_resolver(
    _NUMBER_TAGS[1], re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789")
)


def directions(file: str, text: str, first_line: int = 1) -> Iterator[Problem]:
    """Yield a problem for each line with a character that sets a direction: the site sets them."""
    for number, line in enumerate(text.split("\n"), first_line):
        if DIRECTIONS.search(html.unescape(line) if "&" in line else line):
            message = "has a character that sets a direction"
        elif "<" in line and _DIRECTED.search(line):
            message = "has HTML that sets a direction"
        else:
            continue
        yield Problem(file, number, f"{message}: remove it, for the site sets it itself")


def read(text: str, model: type[Model], file: str, *, first_line: int = 1, **context: Any) -> Model:
    """Return `text` as a `model`, which sees `context` while it is validated.

    `first_line` is the line of `file` on which `text` begins.
    Raises ProblemsError with every key that is wrong, missing or unknown.
    """
    found: Model = _read(text, model, file, first_line, **context)
    return found


@lru_cache(maxsize=256)  # under `serve` most files are as they were
def _read(text: str, model: type[BaseModel], file: str, first_line: int, **context: Any) -> Any:
    if wrong := list(directions(file, text, first_line)):
        raise ProblemsError(wrong)
    try:
        data = load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        hint = (
            "; put words that hold ': ' in quotes" if "mapping values" in str(error.problem) else ""
        )
        problem = Problem(file, line, f"not valid YAML: {error.problem}{hint}")
        raise ProblemsError([problem]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ProblemsError([Problem(file, first_line, f"not valid YAML: {error}")]) from error
    root = _composed(text)
    if "\\" in text or "#" in text:
        misread = _misread(root, text, comments=getattr(model, "REFUSES_CUT_WORDS", False))
        if wrong := [Problem(file, first_line + line, message) for line, message in misread]:
            raise ProblemsError(wrong)
    try:
        return model.model_validate(data, context=context)
    except ValidationError as error:
        places = [e["loc"] for e in error.errors()]
        raise ProblemsError(
            _problem(e, root, model, file, first_line)
            for e in error.errors()
            if not any(other[: len(e["loc"])] == e["loc"] != other for other in places)
        ) from error


def load(text: str) -> Any:
    """Return the data in `text`. Raises YAMLError."""
    node = _composed(text)
    return None if node is None else _Loader("").construct_document(node)


def read_file(root: Path, file: str, model: type[Model], **context: Any) -> Model:
    """Return the whole of `file`, named from `root`, as a `model`. Raises ProblemsError."""
    return read(read_text(root, file), model, file, **context)


def read_text(root: Path, file: str) -> str:
    """Return the text of `file`, named from `root`. Raises ProblemsError if it cannot be read."""
    try:
        return (root / file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = bytes(error.object[: error.start]).count(b"\n") + 1
        message = "cannot be read: it is not UTF-8; save it as UTF-8"
        raise ProblemsError([Problem(file, line, message)]) from error
    except OSError as error:
        raise ProblemsError([Problem(file, 1, f"cannot be read: {error.strerror}")]) from error


def line_of(text: str, path: Iterable[int | str]) -> int:
    """Return the line in `text`, from 1, of the value at `path`, a sequence of keys."""
    return 1 + _locate(_composed(text), path)[1]


def problem_at(root: Path, file: str, path: Iterable[int | str], message: str) -> Problem:
    """Return the problem of the value at `path` in `file`, which is named from `root`.

    Raises ProblemsError if the file cannot be read.
    """
    return Problem(file, line_of(read_text(root, file), path), message)


@lru_cache(maxsize=8)
def _composed(text: str) -> yaml.Node | None:
    """Return the nodes of `text`; callers often ask for many lines of one text.

    Raises YAMLError, also for a text that nests deeper than _DEEPEST.
    """
    depth = 0
    for event in (
        yaml.parse(text, Loader=_Loader) if sum(map(text.count, "[{-?:")) >= _DEEPEST else ()
    ):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.YAMLError("nested too deeply")
    node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return node


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return " (did you mean 'x'?)" for the known name nearest to `name`, or nothing."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f" (did you mean '{near[0]}'?)" if near else ""


def _misread(root: object, text: str, *, comments: bool) -> Iterator[tuple[int, str]]:
    """Yield the line, from 0, and the message of words that YAML reads otherwise than meant.

    With `comments`, those are refused that end unquoted words, but for one of "typed:".
    """
    for node in _scalars(root):
        if DIRECTIONS.search(node.value):
            message = "has an escape that sets a direction: remove it, for the site sets it itself"
            yield node.start_mark.line, message
        rest = text[node.end_mark.index : node.end_mark.index + 100].partition("\n")[0]
        is_words = comments and not node.style and node.tag == _WORDS_TAG
        if is_words and re.match(r"\s+#(?!\s*typed:)", rest):
            message = "' #' begins a comment, which cuts these words: put them in quotes"
            yield node.end_mark.line, message


def _scalars(node: object) -> Iterator[yaml.ScalarNode]:
    """Yield every key and value below `node`."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    for below in node.value if isinstance(node, yaml.CollectionNode) else ():
        for part in below if isinstance(below, tuple) else (below,):
            yield from _scalars(part)


def _at(node: yaml.Node, message: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=message, problem_mark=node.start_mark)


def _problem(
    error: ErrorDetails, root: yaml.Node | None, model: type[BaseModel], file: str, first_line: int
) -> Problem:
    """Return a problem with the key that is wrong, what was expected and what was found."""
    kind, details, found = error["type"], error.get("ctx", {}), error["input"]
    keys, line = _locate(root, error["loc"])
    if kind == "missing":
        keys.append(str(error["loc"][-1]))
    where = f"'{'.'.join(keys)}'" if keys else "the file"
    if kind == "missing":
        message = f"{where} is missing"
    elif kind == "extra_forbidden":
        renamed = getattr(model, "RENAMED", {}).get(keys[-1])
        hint = f": use '{renamed}'" if renamed else did_you_mean(keys[-1], _keys(model))
        message = f"unknown key {where}{hint}"
    elif found in ("", []) and kind.endswith("too_short"):
        message = f"{where} is empty"
    elif kind == "value_error":
        message = f"{where}: {details['error']}"
    else:
        spelling = _SPELLINGS.get(details.get("pattern", ""), "another spelling")
        known = _EXPECTED.get(kind)
        expected = known.format(**details, spelling=spelling) if known else error["msg"]
        what = str(len(found)) if "too_" in kind else reprlib.repr(found)
        message = f"{where}: expected {expected}, found {what}"
    return Problem(file, first_line + line, message)


def _locate(node: yaml.Node | None, path: Iterable[int | str]) -> tuple[list[str], int]:
    """Follow `path` into the YAML: the keys met, and the line of the last one, counted from 0.

    A step that is no key is pydantic's own, such as the kind of a value; it is skipped.
    """
    keys, line = [], 0
    for step in path:
        entries: list[tuple[object, yaml.Node, yaml.Node]] = []
        if isinstance(node, yaml.MappingNode):
            entries = [(key.value, key, value) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            entries = [(i, value, value) for i, value in enumerate(node.value)]
        for name, start, value in entries:
            if name == step:
                keys.append(str(step))
                node, line = value, start.start_mark.line
                break
    return keys, line


def _keys(model: type[BaseModel]) -> set[str]:
    """Return every key that `model` and the models inside it know."""
    schema = model.model_json_schema()
    models = [schema, *schema.get("$defs", {}).values()]
    return {key for schema in models for key in schema.get("properties", {})}
