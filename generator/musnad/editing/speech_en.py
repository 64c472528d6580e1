"""Who speaks in an English sentence: the subject before a verb of saying, behind it, or behind "according to"."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from musnad.editing.speech import (
    ACCOUNT,
    BY,
    DENIES_ACCOUNT,
    DOUBTFUL,
    MANNERS,
    QUOTED,
    SAME,
    SAYS_CLAUSE,
    SAYS_EITHER,
    SILENT,
    SILENT_OF,
    TELLS,
    Manner,
    Span,
    Speech,
    find_quoted,
    has_cue,
    is_capital,
)
from musnad.editing.tokens import CueIndex, Found, Tokens, word_set

_BE = word_set("was were is are been being be am")
_HAVE = word_set("has have had having")
_ADVERBS = word_set(
    "also later then earlier repeatedly separately previously initially first often once again still now just only "
    "even already since both all each however meanwhile reportedly openly simply never immediately recently so far "
    "always privately himself herself themselves"
)
_PRONOUNS = word_set("he she they it")
_NOBODY = word_set(
    "i we you there this that these those what which nobody none nothing everything anything something no not it's "
    "here everyone anyone someone many most few much more some all both others another"
)
_COUNTED = word_set("some many others several few another most both two three four five six")
_UNREAL = word_set(
    "to not did does do didn't didn’t don't could may might must should can cannot would will wouldn't n't"
)
_BREAKS = word_set(
    "that but while because when before if although though whereas since so than after as until where why how "
    "whether yet is was were are had has have did be been will would could can may might who which whom whose what"
)
_PREPOSITIONS = word_set(
    "of in on at by for from with to under over near about around between into through during against inside "
    "outside across along behind beyond within without among via per including like"
)
_ARTICLES = word_set("the a an his her its their our these those no such any")
_DETERMINERS = word_set(
    "the a an his her its their our this these those another some many several most no one two three"
)
_LEADS = word_set(
    "in on at by for from with under during since last next yesterday today tomorrow meanwhile however later "
    "earlier but and also still then instead now once elsewhere separately after before through across speaking yet "
    "so or this that early late a nor neither either recently finally again afterwards though"
)
_SHORT = word_set(
    "mr mrs ms dr gen maj col lt capt brig sgt prof gov sen rep rev hon st cmdr cpl jr sr ltd co inc corp no"
)
_ENDS = word_set(
    "that on in to when after before he she they there these some by during while would will was were is are had "
    "has have did could can may might but who whom which where as if because although so it i we not said at about "
    "over under since until via through with without seen published released posted shared obtained reviewed "
    "carried cited quoted issued compiled provided based dated put says adding and"
)
_ASIDES = word_set("who which whose whom where speaking citing quoting saying adding referring calling reached asked")
_TOLD = (("told",), ("tells",), ("interview", "with"), ("remarks", "to"), ("statement", "to"), ("spoke", "to"),
         ("speaking", "to"), ("statements", "to"), ("comments", "to"), ("carried", "by"), ("quoted", "by"),
         ("cited", "by"), ("speaking", "with"), ("by", "phone", "to"))  # fmt: skip
_CLAUSE_SIGNS = frozenset(',.:;”“"’?!—–') | {"that", "how", "why", "whether", "of", "no", "only"}
_FINITE = word_set("was were is are had has have would could will can may might did does must should do")
_LONGEST = 14
_QUOTE_ENDS = frozenset("”\"’'»")


class EnglishReader(NamedTuple):
    """Reads who speaks in English sentences."""

    verbs: CueIndex
    accounts: CueIndex
    kinds: CueIndex
    """Words that say what kind of speaker it is."""
    things: CueIndex
    """Those of documents, pictures and the like."""
    identity: CueIndex
    """Words that withhold a name: "who asked not to be named" is nobody's saying."""

    def find(self, tokens: Tokens, dated: Collection[int]) -> Iterator[Speech]:
        """Yield who speaks, verb by verb."""
        return _Sentence(self, tokens, dated).find()


class _Sentence:
    def __init__(self, reader: EnglishReader, tokens: Tokens, dated: Collection[int]) -> None:
        self.all = tokens.all
        self.folds = [token.fold for token in tokens.all]
        self.dated = dated
        self.quoted = find_quoted(tokens)
        withheld = {at for cue in reader.identity.find(tokens.all) for at in range(cue.start, cue.end)}
        self.verbs = [cue for cue in reader.verbs.find(tokens.all) if cue.start not in self.quoted | withheld]
        self.kinds = [*reader.kinds.find(tokens.all)]
        self.things = [*reader.things.find(tokens.all)]
        self.accounts = [cue for cue in reader.accounts.find(tokens.all) if cue.means == ACCOUNT]

    def find(self) -> Iterator[Speech]:
        taken: set[int] = set()
        found = []
        for cue in self.verbs:
            if cue.means == SAME:
                continue
            for speech in self._read(cue):
                inside = {*range(*speech.speaker)}
                if inside and not taken & inside:
                    taken |= inside | {*range(*speech.verb)}
                    found.append(speech)
        named = [speech for speech in found if not speech.is_same]
        # "He" is most often one of those named in the sentence, and said so already.
        yield from named or found[:1] or self._read_trailing()

    def _read(self, cue: Found) -> Iterator[Speech]:
        at, end = cue.start, cue.end
        manner = MANNERS.get(cue.means, "says")
        if cue.means == BY:
            if self.folds[at] in ("quoting", "citing"):
                yield from self._read_citing(cue)
            elif self.folds[at] in ("cited", "quoted") and self.folds[at - 1 : at] == ["as"]:
                return
            elif (after := self._take_after(end)) is not None:
                yield from self._speak(cue, after, manner, self._find_outlet())
            return
        if cue.means == SILENT_OF:
            near = self.folds[max(0, at - 4) : at]
            if {"no", "without", "any"} & {*near} and (after := self._take_after(end)):
                yield from self._speak(cue, after, manner)
            return
        if self.folds[end : end + 1] and self.folds[end] in _BE:
            # And claims are paid late.
            return
        if cue.means == QUOTED:
            yield from self._read_quoted(cue)
            return
        if cue.means == DENIES_ACCOUNT and not any(end <= account.start < end + 7 for account in self.accounts):
            return
        if (
            self.folds[at] in _ANSWERED
            and end - at > 1
            and not {*self.folds[:at]} & {"neither", "nor", "none", "no", "not"}
        ):
            return
        passive, verb_start = self._skip_auxiliaries(at)
        if self.folds[end : end + 1] == ["by"] and self.folds[at] in _PASSIVE and self._may_invert(end + 1):
            # An account disputed by survivors.
            passive = True
        is_named = self.folds[end : end + 1] == ["by"] and self._may_invert(end + 1)
        if is_named and not passive and cue.means != SILENT and end - at == 1:
            # A riverbed claimed by a clan; but "said by telephone".
            return
        if passive and cue.means != SILENT:
            yield from self._read_passive(cue, verb_start)
            return
        if at and cue.means != SILENT and self.folds[at - 1] in _UNREAL | _PREPOSITIONS | _ARTICLES:
            return
        is_behind = at > 0 and self.all[at - 1].text in _QUOTE_ENDS
        # Not so, counters Odeh.
        is_behind = is_behind or (
            at > 1 and self.folds[at - 1] == "," and self.folds[at] not in _NAMING and self._ends_behind(end)
        )
        has_clause = cue.means in (SAYS_CLAUSE, SAYS_EITHER, TELLS) and (is_behind or self._has_clause(end))
        if cue.means in DOUBTFUL and not has_clause and self.folds[end : end + 1] in (["for"], ["to"]):
            # Doctors reported for duty.
            return
        if cue.means == SAYS_CLAUSE and not has_clause:
            return
        span = self._find_subject(cue, verb_start)
        if span is None or (cue.means in DOUBTFUL and not self._is_known(span, is_strict=not has_clause)):
            return
        if cue.means == TELLS and not has_clause and not has_cue(self.things, span):
            return
        if cue.means == SILENT and self.folds[end - 1] in ("unanswered", "answered", "returned"):
            to = next((n for n in range(*span) if self.folds[n] == "to"), None)
            span = (to + 1, span[1]) if to else span
            if not self._is_noun(span):
                return
        yield from self._speak(cue, span, manner, self._find_outlet())

    def _skip_auxiliaries(self, at: int) -> tuple[bool, int]:
        """Return whether a verb is passive, and where its words begin."""
        passive = False
        while at and (self.folds[at - 1] in _BE | _HAVE | _ADVERBS or self._is_adverb(at - 1)):
            if self.folds[at - 1] in ("all", "both", "each"):
                break
            passive = passive or self.folds[at - 1] in _BE
            at -= 1
        return passive, at

    def _is_adverb(self, at: int) -> bool:
        return self.folds[at].endswith("ly") and len(self.folds[at]) > 5 and not is_capital(self.all[at]) and (
            self.folds[at] not in ("family", "assembly", "supply", "reply", "monopoly")
        )  # fmt: skip

    def _read_passive(self, cue: Found, start: int) -> Iterator[Speech]:
        """Read "was reported by X"; whoever was told, accused or said to do a thing does not speak."""
        if self.folds[cue.end : cue.end + 1] == ["by"] and (after := self._take_after(cue.end + 1)):
            yield from self._speak(cue, after, MANNERS.get(cue.means, "says"))

    def _read_quoted(self, cue: Found) -> Iterator[Speech]:
        """Read "X was quoted by Y as saying", and "Y quoted X as saying"."""
        at = next((n for n in range(cue.start - 1, -1, -1) if self.folds[n] in ("quoted", "cited")), None)
        if at is None:
            return
        start = self._skip_auxiliaries(at)[1]
        if self.folds[at + 1] == "by" or at + 1 == cue.start:
            span, outlet = self._noun_before(start), self._take_after(at + 2) if at + 1 < cue.start else None
        else:
            span, outlet = (at + 1, cue.start), self._noun_before(start)
        if span:
            yield from self._speak(Found(cue.id, cue.means, at, cue.end), span, "says", outlet)

    def _read_citing(self, cue: Found) -> Iterator[Speech]:
        """Read "the agency, citing officials, said": both speak."""
        after = self._take_after(cue.end)
        if after is None:
            return
        yield from self._speak(cue, after, "says")

    def _read_trailing(self) -> Iterator[Speech]:
        """Read "The union called a strike, saying that": whoever the sentence begins with."""
        for cue in self.verbs:
            if cue.means == SAME and self.folds[cue.start - 1 : cue.start] == [","] and cue.start > 2:
                end = next((n for n in range(1, min(cue.start, _LONGEST)) if self._is_verb(n)), None)
                span = self._trim((0, end)) if end else None
                if span and self._is_known(span, is_strict=True):
                    yield Speech((cue.start, cue.end), span)
                    return

    def _is_verb(self, at: int) -> bool:
        word = self.folds[at]
        return word in _FINITE or (word.endswith("ed") and not is_capital(self.all[at])) or word in _PAST

    def _has_clause(self, end: int) -> bool:
        """Whether words follow that are said: that, a quotation, a clause with a verb of its own."""
        if end >= len(self.all):
            return True
        first = self.folds[end]
        if first in _CLAUSE_SIGNS:
            return first != "no" or True
        if self.all[end].is_number or first in "$€£" or first in _PREPOSITIONS - {"of"}:
            return "that" in self.folds[end : end + 8]
        for at in range(end, min(end + 12, len(self.all))):
            if self.folds[at] in (".", ";", ",", "who", "which", "that", "and", "but", "when"):
                return self.folds[at] == "that" and at - end < 8
            if at > end and self.all[at].text in '“«"':
                return True
            if self.folds[at] in _FINITE or (at > end + 1 and self._is_verb(at)):
                return True
        return False

    def _find_subject(self, cue: Found, start: int) -> Span | None:
        at = start
        if at and self.folds[at - 1] in ("who", "which", "that"):
            at -= 2 if at > 1 and self.folds[at - 2] == "," else 1
            return self._noun_before(at)
        if not at:
            # Said Karam is a name.
            return self._take_after(cue.end) if 0 in self.quoted else None
        before = self.all[at - 1]
        is_inverted = at == cue.start and self.folds[at] not in _TRANSITIVE and self._may_invert(cue.end)
        if before.text in _QUOTE_ENDS:
            return (self._take_after(cue.end) if is_inverted else None) or self._with_aside(at - 1)
        if before.fold in ("—", "–", ",", ")"):
            apposed = self._with_aside(at)
            return apposed or (self._take_after(cue.end) if before.fold == "," and is_inverted else None)
        if before.fold in ("and", "but"):
            # The minister was not in court and made no statement.
            return self._first_noun(at - 1)
        return self._noun_before(at)

    def _ends_behind(self, at: int) -> bool:
        """Whether a speaker and nothing else stands from a token to the end of the sentence."""
        span = self._take_after(at) if self._may_invert(at) else None
        return span is not None and self.folds[span[1] : span[1] + 1] in ([], ["."])

    def _first_noun(self, before: int) -> Span | None:
        start = next((n + 1 for n in range(before - 1, -1, -1) if self.folds[n] in (";", "—", ".")), 0)
        end = next((n for n in range(start + 1, min(before, start + _LONGEST)) if self._is_verb(n)), None)
        while (
            end and end > start and self.folds[end - 1] in _PRONOUNS | {"himself", "herself", "itself", ","} | _ADVERBS
        ):
            end -= 1
        return self._trim((start, end)) if end else None

    def _may_invert(self, at: int) -> bool:
        """Whether a speaker may begin behind the verb."""
        if at >= len(self.all):
            return False
        token = self.all[at]
        return is_capital(token) or token.fold in _DETERMINERS | _COUNTED or has_cue(self.kinds, (at, at + 3))

    def _with_aside(self, at: int) -> Span | None:
        """Read "The minister, Omar Saleh, said": what stands between two signs goes with what is before them."""
        end = at - 1
        sign = self.folds[end]
        opens = {")": "("}.get(sign, sign)
        at_aside = end
        for _ in range(3):
            comma = next((n for n in range(at_aside - 1, max(-1, at_aside - 18), -1) if self.folds[n] == opens), None)
            if comma is None or comma == 0 or {*range(comma, end)} & self.quoted:
                return None
            head = self._noun_before(comma)
            if head is None:
                return None
            is_whole = head[0] == 0 or not self.all[head[0] - 1].is_word
            has_aside = self._is_aside(comma + 1, at_aside)
            starts_aside = (
                head[0] > 0
                and self.folds[head[0] - 1] == ","
                and self._is_aside(head[0], comma)
                and not self._is_noun(head)
            )
            if has_aside and not starts_aside and (is_whole or self.folds[head[0] - 1] in _BREAKS | {"and"}):
                is_told = self.folds[comma + 1] not in _ASIDES
                return (head[0], end) if is_told else head
            at_aside = comma
        return None

    def _is_noun(self, span: Span) -> bool:
        return has_cue(self.kinds, span) or sum(map(is_capital, self.all[span[0] : span[1]])) > 1

    def _is_aside(self, start: int, end: int) -> bool:
        if start >= end:
            return False
        first = self.all[start]
        return (
            is_capital(first)
            or first.is_number
            or first.fold in _ASIDES | _DETERMINERS | _PREPOSITIONS | {"head", "director", "also", "himself", "herself"}
            or has_cue(self.kinds, (start, end))
            or first.fold in _ADVERBS
            or self._is_verb(start)
        ) and not any(self.folds[n] in _FINITE for n in range(start + 1, end) if first.fold not in _ASIDES)

    def _noun_before(self, end: int) -> Span | None:
        start = end
        while start and end - start < _LONGEST and self._is_part(start - 1):
            start -= 1
        # Nurses who spoke on condition of anonymity said.
        who = next((n for n in range(end - 1, max(0, end - 13), -1) if self.folds[n] in ("who", "whose")), None)
        is_clear = who and all(self.all[n].is_word or self.all[n].is_number for n in range(who, end))
        if who and is_clear and not any(who < cue.start < end for cue in self.verbs):
            return self._noun_before(who - 1 if self.folds[who - 1] == "," else who)
        return self._trim((start, end))

    def _is_part(self, at: int) -> bool:
        token = self.all[at]
        if at in self.dated or token.fold in _BREAKS:
            return False
        if token.fold == ".":
            return at > 0 and self._is_short(at - 1)
        return token.is_word or token.is_number or token.fold in "-'’&“”\"«»" or token.fold in ("us$", "$", "%")

    def _is_short(self, at: int) -> bool:
        """Whether a full stop belongs to a word: Gen., Ltd., T."""
        return self.folds[at] in _SHORT or (len(self.folds[at]) == 1 and is_capital(self.all[at]))

    def _trim(self, span: Span) -> Span | None:
        """Take "In Lorran" off "In Lorran residents", and "but" off "but residents"."""
        start, end = span
        while start < end and (not self.all[start].is_word or self.folds[start] in _LEADS - _DETERMINERS - {"a"}) and (
            self.folds[start] not in _PREPOSITIONS and not self.all[start].is_number
        ):  # fmt: skip
            start += 1
        if start < end and self.folds[start] in _PREPOSITIONS:
            for at in range(end - 1, start, -1):
                is_start = self.folds[at] in _DETERMINERS or has_cue(self.kinds, (at, at + 1))
                if (
                    is_start
                    and self.folds[at - 1] not in _PREPOSITIONS | _DETERMINERS | {"and", "or"}
                    and at - 1 > start
                ):
                    start = at
                    break
            else:
                return None
        end = self._cut_signs(start, end)
        words = [self.folds[n] for n in range(start, end) if self.all[n].is_word]
        if not words or (all(word in _NOBODY | _PREPOSITIONS | {"and", "or", "the", "a"} for word in words[:1]) and (
            len(words) == 1 or words[0] in ("i", "we", "you", "there", "what", "which", "nobody", "nothing")
        ) and not (len(words) == 1 and words[0] in _COUNTED)):  # fmt: skip
            return None
        return start, end

    def _take_after(self, at: int) -> Span | None:
        end = at
        while end < len(self.all) and end - at < _LONGEST:
            token = self.all[end]
            if token.fold in _ENDS and not (token.fold == "and" and end > at and self._joins(end, at)):
                break
            if token.fold == ".":
                if not (end > at and self._is_short(end - 1) and end + 1 < len(self.all)):
                    break
            elif token.fold == ",":
                if not self._is_apposed(at, end) and not self._joins(end, at):
                    break
            elif not (token.is_word or token.is_number or token.fold in "-'’&“”«»"):
                break
            end += 1
        end = self._cut_signs(at, end)
        if end == at or (at in self.dated and end == at + 1):
            return None
        first = self.folds[at]
        if first in ("he", "she", "they", "it", "him", "her") or first in _NOBODY - _COUNTED:
            return None
        return at, end

    def _cut_signs(self, start: int, end: int) -> int:
        while end > start and not (self.all[end - 1].is_word or self.all[end - 1].is_number):
            if self.folds[end - 1] == "." and end - 1 > start and self._is_short(end - 2):
                break
            end -= 1
        return end

    def _is_apposed(self, start: int, comma: int) -> bool:
        """Whether a comma goes on with the same one: Jonas Reka, a crane operator; its director, Dr. Amadi Lorne."""
        after = self.all[comma + 1 : comma + 3]
        if comma == start or len(after) < 2:
            return False
        if is_capital(self.all[comma - 1]) or self.folds[comma - 1] == ".":
            return after[0].fold in ("a", "an", "the")
        is_described = self.folds[start] in _DETERMINERS or has_cue(self.kinds, (start, comma))
        return is_described and is_capital(after[0]) and (is_capital(after[1]) or after[1].fold == ".")

    def _joins(self, at: int, start: int) -> bool:
        """Whether another speaker follows "and": residents and traders."""
        return has_cue(self.kinds, (at + 1, at + 4)) and not any(
            self.folds[n] in _ENDS for n in range(at + 1, min(at + 2, len(self.all)))
        )

    def _is_known(self, span: Span, *, is_strict: bool) -> bool:
        words = self.all[span[0] : span[1]]
        if has_cue(self.kinds, span):
            return True
        if len(words) == 1 and words[0].fold in _PRONOUNS:
            return not is_strict and words[0].fold != "it"
        capitals = [token for n, token in enumerate(words) if is_capital(token) and (n or span[0])]
        return len(capitals) > 0 and (len(words) < 6 or not is_strict)

    def _find_outlet(self) -> Span | None:
        for at in range(len(self.all)):
            if at in self.quoted:
                continue
            for words in _TOLD:
                end = at + len(words)
                if self.folds[at:end] != [*words]:
                    continue
                start = end + 1 if self.folds[end : end + 1] == ["the"] else end
                stop = start
                while stop < len(self.all) and ((is_capital(self.all[stop]) and stop not in self.dated)
                        or (stop > start and self.folds[stop] in ("of", "-"))):  # fmt: skip
                    stop += 1
                if stop > start:
                    return start, stop
                if words[-1] == "by" and (cited := self._take_after(end)):
                    return cited
        return None

    def _speak(self, cue: Found, span: Span, manner: Manner, outlet: Span | None = None) -> Iterator[Speech]:
        """Yield each of several speakers."""
        verb = (cue.start, cue.end)
        if outlet and not (outlet[1] <= span[0] or outlet[0] >= span[1]):
            outlet = None
        for start, end in self._split(span):
            words = self.folds[start:end]
            is_same = len(words) == 1 and words[0] in _PRONOUNS
            yield Speech(verb, (start, end), manner, outlet, is_same)

    def _split(self, span: Span) -> list[Span]:
        """Tell speakers apart that are joined: two officials | a diplomat."""
        start, end = span
        joints = [n for n in range(start + 1, end - 1) if self.folds[n] in ("and", "nor")]
        listed = self._list_before(start) if joints else []
        pieces, at = [], start
        for joint in joints:
            left = (at, joint)
            right = (joint + 1, min(joint + 4, end))
            is_new = self.folds[joint + 1] in _DETERMINERS or has_cue(self.kinds, right) or (
                is_capital(self.all[joint + 1]) and is_capital(self.all[min(joint + 2, end - 1)]) and joint + 2 < end
            )  # fmt: skip
            holds = has_cue(self.kinds, left) or sum(map(is_capital, self.all[left[0] : left[1]])) > 1
            is_of = bool({"of", "on", "for"} & {*self.folds[at:joint]}) and self.folds[joint + 1] not in _DETERMINERS
            holds = holds or self.folds[joint + 1] in ("a", "an", "the")
            if is_new and holds and not is_of and (has_cue(self.kinds, right) or is_capital(self.all[joint + 1])
                    or self.folds[joint + 1] in _DETERMINERS):  # fmt: skip
                pieces.append(left)
                at = joint + 1
        pieces.append((at, end))
        return [*listed, *pieces] if len(pieces) > 1 else pieces

    def _list_before(self, start: int) -> list[Span]:
        """Return further speakers of a list before the last two: farmers, traders and drivers."""
        found: list[Span] = []
        while start > 1 and self.folds[start - 1] == ",":
            head = self._noun_before(start - 1)
            if head is None or head[1] - head[0] > 4 or not self._is_noun(head):
                break
            found.insert(0, head)
            start = head[0]
        return found


_NAMING = word_set("called found described read reads posted asked calls finds learned learnt")
_ANSWERED = word_set("responded replied returned answered")
_PASSIVE = word_set("reported announced confirmed disputed denied rejected")
_TRANSITIVE = word_set(
    "told tells tell accused accuses accuse blamed blames blame urged urges put condemned denounced criticised "
    "criticized threatened expressed denied denies deny alleged confirmed announced claimed cited quoted described"
)
_PAST = word_set(
    "left fled went called fell rose gave took made held kept lost won met came began sent brought cut shut struck "
    "hit spent paid sold bought built drove ran got did said told put set broke spoke led sought"
)
