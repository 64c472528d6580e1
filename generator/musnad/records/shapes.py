"""Tell what is wrong with the shape of a record in an editor's words."""

import difflib
import re
from typing import Any, get_args

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from musnad.records.problems import N_, Problem
from musnad.records.values import EDTF, FRACTION, HIJRI, LANGUAGE_TAG, MEDIA_TYPE, PLAIN_DECIMAL, REGION, SLUG
from musnad.records.yamltext import CURLY_QUOTES, RETYPE, TYPED, FieldPath, Origin, Typed
from musnad.text.addresses import ADDRESS, LOCAL, SIGN
from musnad.text.languages import LANGS
from musnad.text.letters import STRANGE_SPACE

OPEN = "…"
"""Stands in a draft where an editor has to write something."""
UNFINISHED = (OPEN, f"https://{OPEN}")
STILL_OPEN = N_("{field} is still to be filled in: put what the source says in the place of …")


def explain_unfinished(data: object, origin: Origin, path: FieldPath = ()) -> list[Problem]:
    """Return one problem for each … that a draft left to be filled in."""
    if isinstance(data, str) and data in UNFINISHED:
        name = next((str(step) for step in reversed(path) if isinstance(step, str) and step not in LANGS), "")
        return [origin.problem(path, "unfinished", STILL_OPEN, field=name)]
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list | tuple) else ()
    return [problem for step, value in steps for problem in explain_unfinished(value, origin, (*path, step))]


def explain_validation(
    error: ValidationError, origin: Origin, model_class: type[BaseModel], data: object = None
) -> list[Problem]:
    """Return one problem for each thing pydantic found, at the field it is about; and for each … in ``data``."""
    unfinished = explain_unfinished(data, origin)
    details = error.errors(include_url=False)
    # An empty value was reported while reading; its type error would only say so again. The same goes
    # for the branch ``unknown`` of a union: the other branch says what is usual there.
    wanted = (
        detail
        for detail in details
        if detail["input"] is not None
        and not (unfinished and isinstance(detail["input"], str) and detail["input"] in UNFINISHED)
        and not any(map(_is_literal, detail["loc"]))
    )
    told = [(detail["loc"][:-1], _explain(detail, origin, model_class)) for detail in wanted]
    meant = {(above, problem.values["near"]) for above, problem in told if "near" in problem.values}
    return unfinished + [problem for above, problem in told if (above, _find_missing(problem)) not in meant]


def _find_missing(problem: Problem) -> str | None:
    """Return the field that a problem says is missing: where it is there, but misspelt, that is told alone."""
    is_missing = problem.rule in ("missing-field", "missing-translation")
    return problem.values.get("field", problem.values.get("language")) if is_missing else None


def _is_literal(step: str | int) -> bool:
    return isinstance(step, str) and step.startswith("literal[")


def _is_branch(step: str | int) -> bool:
    """Whether a step of a path names a branch of a union or the key itself, and stands in no file."""
    return step in ("constrained-str", "[key]") or (isinstance(step, str) and step.startswith("tuple["))


def _explain(detail: ErrorDetails, origin: Origin, model_class: type[BaseModel]) -> Problem:
    """Tell a pydantic error in an editor's words, at the field it is about."""
    path: FieldPath = tuple(step for step in detail["loc"] if not _is_branch(step))
    # An entry of a list goes by the name of the list.
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    is_key = "[key]" in detail["loc"]
    kind, context = detail["type"], detail.get("ctx", {})
    given = detail["input"] if isinstance(detail["input"], str) else ""
    # What can't be seen in the value would not be seen in a message that repeats it.
    for unseen, message in ((given.startswith(tuple("“”„‟‘’‚‛")), CURLY_QUOTES), (STRANGE_SPACE.search(given), RETYPE)):
        if unseen:
            return origin.problem(path, "wrong-value", message, at_key=is_key)
    match kind:
        case "missing":
            if name in LANGS:
                return origin.problem(
                    path[:-1], "missing-translation", N_("the text in {language} is missing"), language=name
                )
            return origin.problem(path[:-1], "missing-field", N_("the field {field} is missing"), field=name)
        case "extra_forbidden":
            close = difflib.get_close_matches(name, _field_names(model_class, path[:-1]), n=1)
            if close:
                message = N_("there is no field {field}; did you mean {near}?")
                return origin.problem(path, "unknown-field", message, at_key=True, field=name, near=close[0])
            return origin.problem(path, "unknown-field", N_("there is no field {field} here"), at_key=True, field=name)
        case "literal_error":
            message = N_("{value} is not possible here; use one of: {options}")
            options = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
            return origin.problem(path, "wrong-value", message, value=_quote(detail["input"]), options=options)
        case "string_pattern_mismatch":
            message, value = _explain_pattern(str(context.get("pattern")), given), _quote(detail["input"])
            return origin.problem(path, "wrong-value", message, at_key=is_key, value=value)
        case "string_too_long":
            message = N_("the text is longer than {limit} characters")
            return origin.problem(path, "wrong-value", message, limit=str(context.get("max_length")))
        case "string_type" if isinstance(detail["input"], Typed):
            return origin.problem(path, "wrong-value", TYPED, value=_quote(detail["input"]))
        case "string_type":
            return origin.problem(path, "wrong-shape", N_("{field} must be one piece of text"), field=name)
        case "tuple_type":
            return origin.problem(path, "wrong-shape", N_("{field} must be a list (lines starting with -)"), field=name)
        case "model_type" | "model_attributes_type" | "dict_type":
            return origin.problem(path, "wrong-shape", N_("{field} must hold fields (name: value)"), field=name)
        case "too_short":
            return origin.problem(path, "wrong-shape", N_("{field} has too few entries"), field=name)
        case "int_type" | "greater_than_equal" | "less_than_equal" if name in ("time", "until"):
            return origin.problem(path, "wrong-value", N_("{field} must be a time such as 2:05 or 1:02:05"), field=name)
        case "int_type" | "int_parsing" | "greater_than_equal" | "less_than_equal":
            return origin.problem(path, "wrong-value", N_("{field} must be a whole number from 1 up"), field=name)
        case "bool_type":
            return origin.problem(path, "wrong-value", N_("{field} must be true or false"), field=name)
    return origin.problem(path, "wrong-shape", N_("{field} can't be read: {detail}"), field=name, detail=detail["msg"])


def _quote(value: object) -> str:
    """Return a value on one short line, for a message."""
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:60] + "…"


ADDRESS_FAULTS = (
    (r"^(?!https?://)|^https?://(?![^/])", N_("{value} is not a web address (https://…)")),
    (r"^https?://(?:www\.)?https?:|://…", N_("one address is wanted here, and a whole one")),
    (r"\\", N_("a backslash stands in this address; the address of a page has none: copy it again")),
    (
        r"^https?://[^/?#]*@",
        N_("what stands before @ is no part of the site’s name, and only hides where {value} leads: leave it out"),
    ),
    (
        rf"^(?!{SIGN}*$)",
        N_("a character that no address has, or that can't be seen, stands in {value}: copy it from the browser again"),
    ),
    (
        rf"^https?://(?:\[|[^/?#:.]*(?:[:/?#]|$)|[^/?#:]*\.(?:[0-9]*|0x[0-9a-f]*|{'|'.join(LOCAL)})(?:[:/?#]|$))",
        N_(
            "{value} leads into a network of one’s own, or to a number in place of a site’s name: readers can't open it"
        ),
    ),
    (
        r"^https?://[^/?#]*[^\0-\x7f]",
        N_("the name of the site in {value} has letters that look like others: write it as browsers do, with xn--"),
    ),
    ("", N_("{value} is not a web address (https://…)")),
)
"""What may be wrong with an address, whatever its capitals, and how to mend it: the first that is found is told."""


def _explain_pattern(pattern: str, given: str) -> str:
    if pattern == EDTF:
        return N_("{value} is not a date in EDTF, such as 2024, 2024-06~ or 2024-06-01/2024-06-30")
    if pattern == LANGUAGE_TAG:
        return N_("{value} is not a language tag such as ar, fr, ku-Latn or ar-SY")
    if pattern == MEDIA_TYPE:
        return N_("{value} is not a media type such as application/pdf")
    if pattern.startswith("^sha256"):
        return N_("{value} is not a digest (sha256: and 64 hexadecimal digits)")
    if pattern == ADDRESS.pattern:
        return next(told for fault, told in ADDRESS_FAULTS if re.search(fault, given, re.IGNORECASE))
    if pattern == PLAIN_DECIMAL:
        return N_("{value} is not a decimal number such as 250 or 2.5")
    if pattern == HIJRI:
        return N_("{value} is not a Hijri date such as 1445, 1445-09 or 1445-09-17")
    if pattern == FRACTION:
        return N_("{value} is not a fraction such as 1/3")
    if pattern == REGION:
        return N_("{value} is not a region: give its two capital letters, such as SY")
    if "entities" in pattern:
        return N_("{value} is not an address such as entities/ID, claims/SOURCE/ID or sources/ID")
    if "/" in pattern:
        return N_("{value} is not a claim id such as source-id/claim-id")
    if SLUG in pattern:
        return N_("{value} is not an id: use lower-case letters a to z, digits and single hyphens")
    return N_("{value} must not contain spaces")


def _field_names(model_class: type[BaseModel], path: FieldPath) -> list[str]:
    """Return the fields that may be written at a path."""
    current: type[BaseModel] | None = model_class
    for step in path:
        if isinstance(step, str):
            current = find_model(current, step)
    fields = current.model_fields.items() if current else ()
    return sorted(field.alias or name for name, field in fields if not field.exclude)


def find_model(model: type[BaseModel] | None, field: str) -> type[BaseModel] | None:
    """Return the model of what a field holds, None where that has no fields of its own."""
    if model is None:
        return None
    name = "root" if issubclass(model, RootModel) else field
    held = next((held for own, held in model.model_fields.items() if name in (own, held.alias)), None)
    return _find_model(held.annotation) if held else None


def _find_model(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation such as ``tuple[Name, ...]`` or ``Time | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_find_model, get_args(annotation))), None)
