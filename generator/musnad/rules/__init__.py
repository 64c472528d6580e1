"""Rules for meaning: one rule, one bad example. What a rule is stands in ``rule``, how they are asked in ``run``."""

from collections.abc import Mapping

from musnad.records.model import Name, Title
from musnad.records.values import LocalizedText
from musnad.rules import (
    bare,
    claims,
    copies,
    dates,
    names,
    people,
    places,
    records,
    references,
    sources,
    texts,
    times,
    vocabulary,
)
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
    "locator-form": Rule(claims=sources.check_locator_form),
    "language": Rule(sources=sources.check_language),
    "paragraphs": Rule(sources=sources.check_paragraphs),
    "origin": Rule(sources=sources.check_origin),
    "predicate-fit": Rule(claims=claims.check_predicate_fit),
    "quantity": Rule(claims=claims.check_quantity),
    "part": Rule(claims=claims.check_part),
    "way": Rule(claims=claims.check_way),
    "inference": Rule(claims=claims.check_inference),
    "placeholder-digest": Rule(values={str: texts.check_placeholder_digest}),
    "typed-attribution": Rule(claims=claims.check_typed_attribution),
    "long-quote": Rule(claims=claims.check_long_quote),
    "claim-link": Rule(claims=claims.check_claim_link),
    "covered-sentence": Rule(comparison=Comparison(claims.sentence_keys, claims.check_covered_sentence)),
    "same-article": Rule(comparison=Comparison(copies.page_keys, copies.check_same_article)),
    "copied-claim": Rule(comparison=Comparison(copies.statement_keys_in_source, copies.check_copied_claim)),
    "wrong-script": Rule(values={LocalizedText: texts.check_wrong_script, Title: texts.check_wrong_script}),
    "hidden-character": Rule(values={str: texts.check_hidden_character}),
    "mixed-letters": Rule(values={str: texts.check_mixed_letters}),
    "left-over": Rule(
        values={
            str: texts.check_left_over,
            LocalizedText: texts.check_mark_left_over,
            Title: texts.check_mark_left_over,
        }
    ),
    "invalid-edtf": Rule(values={str: dates.check_invalid_edtf}),
    "invalid-hijri": Rule(values={str: times.check_invalid_hijri}),
    "time": Rule(claims=times.check_time),
    "date-order": Rule(records=dates.check_date_order, words=dates.check_date_of_redirect),
    "names": Rule(entities=records.check_names),
    "distinction": Rule(entities=records.check_distinction),
    "identity": Rule(entities=records.check_identity),
    "identifier": Rule(entities=places.check_identifier),
    "coordinates": Rule(entities=places.check_coordinates),
    "map": Rule(words=places.check_map),
    "sensitive-place": Rule(claims=places.check_sensitive_place),
    "address": Rule(sources=records.check_address),
    "twice": Rule(values={tuple: records.check_twice}),
    "itself": Rule(records=records.check_itself),
    "status": Rule(records=records.check_status),
    "withheld": Rule(records=records.check_withheld),
    "redirect": Rule(words=records.check_redirect),
    "reserved-name": Rule(records=records.check_reserved_name, words=records.check_reserved_name_of_words),
    "living-person": Rule(claims=people.check_living_person, words=people.check_shown_person),
    "living-name": Rule(records=names.check_living_name, words=names.check_living_name_of_words),
    "private-person": Rule(claims=names.check_private_person),
    "sensitive-name": Rule(claims=names.check_sensitive_name, words=names.check_sensitive_redirect),
    "unattributed-accusation": Rule(claims=people.check_unattributed_accusation),
    "bare-statement": Rule(
        entities=bare.check_bare_accusation,
        claims=bare.check_bare_statement_of_claim,
        comparison=Comparison(bare.sentence_keys, bare.check_bare_statement),
        words=bare.check_bare_statement_of_words,
    ),
    "wrong-placeholder": Rule(words=vocabulary.check_wrong_placeholder),
    "measure-fit": Rule(claims=claims.check_measure_fit),
    "unit": Rule(words=vocabulary.check_unit),
    "unknown-region": Rule(words=vocabulary.check_region),
    "unknown-icon": Rule(words=vocabulary.check_unknown_icon),
    # May well be right.
    "other-number": Rule(
        values={LocalizedText: texts.check_other_number, Title: texts.check_other_number}, is_warning=True
    ),
    "unstated-quantity": Rule(claims=texts.check_unstated_quantity, is_warning=True),
    "late-time": Rule(claims=times.check_late_time, is_warning=True),
    "other-weekday": Rule(claims=times.check_other_weekday, is_warning=True),
    "letter-form": Rule(
        values={
            LocalizedText: texts.check_letter_form,
            Title: texts.check_letter_form,
            Name: texts.check_letter_form_of_name,
        },
        is_warning=True,
    ),
    "quotation-marks": Rule(values={str: texts.check_quotation_marks}, is_warning=True),
    "name-script": Rule(entities=texts.check_name_script, is_warning=True),
    "odd-address": Rule(sources=records.check_odd_address, is_warning=True),
    "swapped-coordinates": Rule(entities=places.check_swapped_coordinates, is_warning=True),
    "same-reviewer": Rule(records=records.check_same_reviewer, is_warning=True),
    "same-text": Rule(comparison=Comparison(copies.article_keys, copies.check_same_text), is_warning=True),
    "repeated-claim": Rule(comparison=Comparison(copies.statement_keys, copies.check_repeated_claim), is_warning=True),
    "same-fact": Rule(comparison=Comparison(copies.fact_keys, copies.check_same_fact), is_warning=True),
    "same-identifier": Rule(
        comparison=Comparison(copies.identifier_keys, copies.check_same_identifier), is_warning=True
    ),
    "likely-duplicate": Rule(comparison=Comparison(copies.name_keys, copies.check_likely_duplicate), is_warning=True),
}
ERRORS = {name: rule for name, rule in RULES.items() if not rule.is_warning}
WARNINGS = {name: rule for name, rule in RULES.items() if rule.is_warning}
