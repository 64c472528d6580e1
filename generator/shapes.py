"""Tell what is wrong with the shape of a record in an editor's words."""

import difflib

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator import model
from generator.model import SLUG, Value
from generator.problems import N_, Problem
from generator.yamltext import FieldPath, Origin


def explain_validation(error: ValidationError, origin: Origin, model_class: type[BaseModel]) -> list[Problem]:
    """Return one problem for each thing pydantic found, at the field it is about."""
    details = error.errors(include_url=False)
    # An empty value was reported while reading; its type error would only say so again.
    return [_explain(detail, origin, model_class) for detail in details if detail["input"] is not None]


def _explain(detail: ErrorDetails, origin: Origin, model_class: type[BaseModel]) -> Problem:
    """Tell a pydantic error in an editor's words, at the field it is about."""
    # Unions add the name of the branch to the path; only steps that exist in the file count.
    path: FieldPath = tuple(step for step in detail["loc"] if step != "constrained-str")
    name = str(path[-1]) if path else ""
    kind, context = detail["type"], detail.get("ctx", {})
    match kind:
        case "missing":
            if name in model.LANGS:
                return origin.problem(
                    path[:-1], "missing-translation", N_("the text in {language} is missing"), language=name
                )
            return origin.problem(path[:-1], "missing-field", N_("the field {field} is missing"), field=name)
        case "extra_forbidden":
            close = difflib.get_close_matches(name, _field_names(model_class), n=1)
            if close:
                message = N_("there is no field {field}; did you mean {near}?")
                return origin.problem(path, "unknown-field", message, at_key=True, field=name, near=close[0])
            return origin.problem(path, "unknown-field", N_("there is no field {field} here"), at_key=True, field=name)
        case "literal_error":
            message = N_("{value} is not possible here; use one of: {options}")
            options = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
            return origin.problem(path, "wrong-value", message, value=str(detail["input"]), options=options)
        case "string_pattern_mismatch":
            return origin.problem(path, "wrong-value", *_explain_pattern(str(context.get("pattern"))), value=str(detail["input"]))
        case "string_too_long":
            message = N_("the text is longer than {limit} characters")
            return origin.problem(path, "wrong-value", message, limit=str(context.get("max_length")))
        case "string_type":
            return origin.problem(path, "wrong-shape", N_("{field} must be one piece of text"), field=name)
        case "tuple_type":
            return origin.problem(path, "wrong-shape", N_("{field} must be a list (lines starting with -)"), field=name)
        case "model_type" | "model_attributes_type" | "dict_type":
            return origin.problem(path, "wrong-shape", N_("{field} must hold fields (name: value)"), field=name)
        case "too_short":
            return origin.problem(path, "wrong-shape", N_("{field} has too few entries"), field=name)
        case "int_type" | "int_parsing" | "greater_than_equal" | "less_than_equal":
            return origin.problem(path, "wrong-value", N_("{field} must be a whole number from 1 up"), field=name)
        case "bool_type":
            return origin.problem(path, "wrong-value", N_("{field} must be true or false"), field=name)
    return origin.problem(path, "wrong-shape", N_("{field} can't be read: {detail}"), field=name, detail=detail["msg"])


def _explain_pattern(pattern: str) -> tuple[str]:
    if pattern.startswith("^sha256"):
        return (N_("{value} is not a digest (sha256: and 64 hexadecimal digits)"),)
    if pattern.startswith("^https"):
        return (N_("{value} is not a web address (https://…)"),)
    if "\\d" in pattern:
        return (N_("{value} is not a decimal number such as 250 or 2.5"),)
    if "entities" in pattern:
        return (N_("{value} is not an address such as entities/ID, claims/SOURCE/ID or sources/ID"),)
    if "/" in pattern:
        return (N_("{value} is not a claim id such as source-id/claim-id"),)
    if SLUG in pattern:
        return (N_("{value} is not an id: use lower-case letters a to z, digits and single hyphens"),)
    return (N_("{value} must not contain spaces"),)


def _field_names(model_class: type[BaseModel]) -> list[str]:
    names: set[str] = set(model_class.model_fields)
    for value in vars(model).values():
        if isinstance(value, type) and issubclass(value, Value):
            names |= set(value.model_fields)
    return sorted(names)
