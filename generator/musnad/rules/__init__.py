"""Rules for meaning: one rule, one function, one test, one bad example.

A rule is a pure function from the catalogue to findings. ``check_catalogue`` runs them all and puts
each finding on its line.
"""

from collections.abc import Callable, Iterator, Mapping

from musnad.records.model import FOLDERS, Catalogue
from musnad.records.problems import Problem
from musnad.records.walk import find_record
from musnad.records.yamltext import Origin
from musnad.rules import claims, people, records, references, vocabulary
from musnad.rules.finding import Finding

RULES: Mapping[str, Callable[[Catalogue], Iterator[Finding]]] = {
    "dangling-reference": references.check_dangling_reference,
    "unknown-term": references.check_unknown_term,
    "wrong-kind": references.check_wrong_kind,
    "hidden-reference": references.check_hidden_reference,
    "unused-entity": references.check_unused_entity,
    "missing-attribution": claims.check_missing_attribution,
    "incomplete-voice": claims.check_incomplete_voice,
    "missing-locator": claims.check_missing_locator,
    "wrong-locator": claims.check_wrong_locator,
    "predicate-fit": claims.check_predicate_fit,
    "quantity": claims.check_quantity,
    "part": claims.check_part,
    "inference": claims.check_inference,
    "typed-attribution": claims.check_typed_attribution,
    "long-quote": claims.check_long_quote,
    "claim-link": claims.check_claim_link,
    "covered-sentence": claims.check_covered_sentence,
    "wrong-script": records.check_wrong_script,
    "invalid-edtf": records.check_invalid_edtf,
    "names": records.check_names,
    "distinction": records.check_distinction,
    "identity": records.check_identity,
    "status": records.check_status,
    "redirect": records.check_redirect,
    "reserved-name": records.check_reserved_name,
    "living-person": people.check_living_person,
    "unattributed-accusation": people.check_unattributed_accusation,
    "wrong-placeholder": vocabulary.check_wrong_placeholder,
}


def check_catalogue(catalogue: Catalogue, origins: Mapping[str, Origin]) -> list[Problem]:
    """Run every rule; findings about records that could not be read are left out."""
    findings = [(rule, finding) for rule, check in RULES.items() for finding in check(catalogue)]
    records = (ref for ref in origins if ref.partition("/")[0] in FOLDERS) if findings else ()
    unreadable = {ref for ref in records if not find_record(catalogue, ref)}
    return [
        origins[finding.ref].fill_problem(finding.path, rule, finding.message, finding.values)
        for rule, finding in findings
        if finding.target not in unreadable and not (finding.absence and unreadable)
    ]
