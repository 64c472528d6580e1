"""Words for the fixed choices of the model, marked for translation."""

from collections.abc import Mapping

from musnad.derive.edits import EditKind
from musnad.records.model import LinkType, SourceKind
from musnad.records.problems import N_

# What is read, and in which language.
SOURCE_KINDS: Mapping[SourceKind, str] = {
    "article": N_("Article in {language}"),
    "report": N_("Report in {language}"),
    "post": N_("Post in {language}"),
    "video": N_("Video in {language}"),
    "audio": N_("Audio in {language}"),
    "document": N_("Document in {language}"),
    "data": N_("Data set in {language}"),
    "interview": N_("Interview in {language}"),
}
SOURCE_EYEBROWS: Mapping[SourceKind, str] = {
    "article": N_("Source: article in {language}"),
    "report": N_("Source: report in {language}"),
    "post": N_("Source: post in {language}"),
    "video": N_("Source: video in {language}"),
    "audio": N_("Source: audio in {language}"),
    "document": N_("Source: document in {language}"),
    "data": N_("Source: data set in {language}"),
    "interview": N_("Source: interview in {language}"),
}
# An article is drawn as its outlet.
SOURCE_ICONS: Mapping[SourceKind, str] = {
    "report": "report",
    "post": "post",
    "video": "video",
    "audio": "audio",
    "document": "document",
    "data": "row",
    "interview": "interview",
}
TO_SOURCE: Mapping[SourceKind, str] = {
    "article": N_("To the article at the publisher"),
    "report": N_("To the report at the publisher"),
    "post": N_("To the post at the publisher"),
    "video": N_("To the video at the publisher"),
    "audio": N_("To the recording at the publisher"),
    "document": N_("To the document at the publisher"),
    "data": N_("To the data at the publisher"),
    "interview": N_("To the interview at the publisher"),
}
STANDINGS = {
    "single": N_("Single source"),
    "repeated": N_("Repeated, counted once"),
    "independent": N_("Independently corroborated"),
    "contested": N_("Contested"),
    "corrected": N_("Corrected"),
    "retracted": N_("Retracted"),
}
NAMED = {
    "named": N_("All voices have names"),
    "unnamed": N_("Rests on an unnamed voice"),
}
STANDING_MEANINGS = {
    "single": N_("One source, one chain."),
    "repeated": N_("Said again by the same origin, or without evidence of a second one: one witness."),
    "independent": N_("At least two sources that share no origin."),
    "contested": N_("Another account says otherwise; both are shown."),
    "corrected": N_("We made a mistake in the record and mended it; the history says how."),
    "retracted": N_("Withdrawn by the source or by us."),
}
STATUSES = {
    "draft": N_("Draft"),
    "published": N_("Published"),
    "corrected": N_("Corrected"),
    "superseded": N_("Superseded"),
    "retracted": N_("Retracted"),
    "withheld": N_("Withheld"),
}
METHODS = {
    "machine-assisted": N_("With machine assistance, {date}"),
    "by-hand": N_("By hand, {date}"),
}
CHANGES: Mapping[EditKind, str] = {
    "created": N_("Created"),
    "reworded": N_("Reworded"),
    "corrected": N_("Corrected"),
    "reclassified": N_("Reclassified"),
    "superseded": N_("Superseded"),
    "retracted": N_("Retracted"),
    "withheld": N_("Withheld"),
}
WITHHELD: Mapping[str, str] = {
    "safety": N_("For the safety of a person."),
    "privacy": N_("For privacy."),
    "law": N_("For a legal reason."),
    "doubt": N_("Because it may not be right."),
    "request": N_("On request of whom it concerns."),
}
# With what only a comparison of versions tells.
EDITS: Mapping[EditKind, str] = {
    **CHANGES,
    "moved": N_("Moved"),
    "reviewed": N_("Reviewed"),
    "changed": N_("Details changed"),
}
NAME_ROLES = {
    ("primary", "ar"): N_("Main name, Arabic"),
    ("primary", "en"): N_("Main name, English"),
    "alias": N_("Other name"),
    "former": N_("Former name"),
    "abbreviation": N_("Abbreviation"),
    "transliteration": N_("Spelling in Latin letters"),
    "translation": N_("Translation, ours"),
    "found-in-source": N_("Spelling found in a source"),
    "misprint": N_("Misprint found in a source"),
}
# A link as seen from the claim that states it, and from the other one.
LINKS = {
    ("corroborates", True): N_("Corroborates"),
    ("repeats", True): N_("Repeats"),
    ("repeats", False): N_("Repeated by"),
    ("contradicts", True): N_("Contradicts"),
    ("in-tension-with", True): N_("In tension with"),
    ("qualifies", True): N_("Qualifies"),
    ("qualifies", False): N_("Qualified by"),
    ("updates", True): N_("Updates"),
    ("updates", False): N_("Updated by"),
    ("cause", True): N_("Because of, as the source has it"),
    ("cause", False): N_("Given as the cause of"),
    ("means", True): N_("By means of, as the source has it"),
    ("means", False): N_("Given as the means of"),
    ("circumstance", True): N_("Under this circumstance, as the source has it"),
    ("circumstance", False): N_("Given as a circumstance of"),
    ("see-also", True): N_("See also"),
    ("denies", True): N_("Denies"),
    ("denies", False): N_("Denied by"),
    ("declines-to-comment", True): N_("Without comment on"),
    ("declines-to-comment", False): N_("Left without comment"),
    ("answers", True): N_("Answers"),
    ("answers", False): N_("Answered by"),
}
# What stands before an answer, beside the claim that it answers.
ANSWER_LABELS: Mapping[LinkType, str] = {
    "denies": N_("A denial:"),
    "declines-to-comment": N_("No comment:"),
    "answers": N_("An answer:"),
}
INDEPENDENCE = {
    "independent": N_("The two are independent."),
    "same-outlet": N_("Both come from the same outlet."),
    "same-origin": N_("Both go back to the same origin."),
    "not-established": N_("Whether the two are independent is not established."),
}
NOT_NAMED = {
    ("one", "not-stated"): N_("Not named."),
    ("one", "withheld"): N_("Name withheld."),
    ("several", "not-stated"): N_("More than one, not named; how many is not said."),
    ("several", "withheld"): N_("More than one, names withheld; how many is not said."),
    ("unknown", "not-stated"): N_("Not named; whether one or more is not said."),
    ("unknown", "withheld"): N_("Names withheld; whether one or more is not said."),
}
PSEUDONYM = N_("The name is a pseudonym.")
NOT_NAMED_BRIEF = {
    "not-stated": N_("not named"),
    "withheld": N_("names withheld"),
    "pseudonym": N_("a pseudonym"),
}
POLARITY_DENIED = N_("Denied")
