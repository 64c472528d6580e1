"""Rules for meaning: one rule, one bad example. What a rule is stands in ``rule``, how they are asked in ``run``."""

from collections.abc import Mapping

from musnad.records.model import Title
from musnad.records.values import LocalizedText
from musnad.rules import claims, dates, people, records, references, texts, vocabulary
from musnad.rules.rule import Comparison, Rule

RULES: Mapping[str, Rule] = {
    "dangling-reference": Rule(
        records=references.check_dangling_reference, words=references.check_dangling_reference_of_site
    ),
    "unknown-term": Rule(
        claims=references.check_unknown_term,
        entities=references.check_unknown_term_of_entity,
        words=references.check_unknown_term_of_words,
    ),
    "wrong-kind": Rule(
        sources=references.check_wrong_kind_of_outlet,
        entities=references.check_wrong_kind_of_container,
        claims=references.check_wrong_kind,
    ),
    "hidden-reference": Rule(
        records=references.check_hidden_reference, words=references.check_hidden_reference_of_site
    ),
    "unused-entity": Rule(
        comparison=Comparison(references.mention_keys, references.check_unused_entity, is_alone_told=True)
    ),
    "missing-attribution": Rule(claims=claims.check_missing_attribution),
    "incomplete-voice": Rule(claims=claims.check_incomplete_voice),
    "missing-locator": Rule(claims=claims.check_missing_locator),
    "wrong-locator": Rule(claims=claims.check_wrong_locator),
    "predicate-fit": Rule(claims=claims.check_predicate_fit),
    "quantity": Rule(claims=claims.check_quantity),
    "part": Rule(claims=claims.check_part),
    "inference": Rule(claims=claims.check_inference),
    "typed-attribution": Rule(claims=claims.check_typed_attribution),
    "long-quote": Rule(claims=claims.check_long_quote),
    "claim-link": Rule(claims=claims.check_claim_link),
    "covered-sentence": Rule(comparison=Comparison(claims.sentence_keys, claims.check_covered_sentence)),
    "wrong-script": Rule(values={LocalizedText: texts.check_wrong_script, Title: texts.check_wrong_script}),
    "invalid-edtf": Rule(values={str: dates.check_invalid_edtf}),
    "names": Rule(entities=records.check_names),
    "distinction": Rule(entities=records.check_distinction),
    "identity": Rule(entities=records.check_identity),
    "status": Rule(records=records.check_status),
    "redirect": Rule(words=records.check_redirect),
    "living-person": Rule(claims=people.check_living_person),
    "unattributed-accusation": Rule(claims=people.check_unattributed_accusation),
    "wrong-placeholder": Rule(words=vocabulary.check_wrong_placeholder),
}
ERRORS = {name: rule for name, rule in RULES.items() if not rule.is_warning}
WARNINGS = {name: rule for name, rule in RULES.items() if rule.is_warning}
