"""Who speaks in an Arabic sentence: behind a verb of saying or before it, and behind «بحسب» and «نقلاً عن»."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from musnad.editing.speech import (
    BY,
    DOUBTFUL,
    MANNERS,
    QUOTES,
    SAME,
    SAYS_CLAUSE,
    SAYS_EITHER,
    SILENT,
    SILENT_OF,
    TELLS,
    Span,
    Speech,
    find_quoted,
    has_cue,
)
from musnad.editing.tokens import CueIndex, Found, Tokens, forms, word_set

_THAT = word_set("ان انه انها انهم انهما انني اننا انهن بان بانه بانها بانهم بانهما")
_OPENS_SPEECH = _THAT | {":", "«", '"', "“"}
_STOPS = _THAT | word_set(
    "الصمت توضيح تعليق اي التعليق الاجابه الرد الادلاء الافصاح الحديث الخوض في الي علي عن خلال عبر حول حين حيث بعد "
    "قبل عقب منذ ضمن اثناء لدي امام مع بين كما الذي التي الذين وهو وهي وهم كان "
    "كانت قد لم لن لا ما بسبب بشان اثر عقب تعليقا ردا قوله قولها قولهم بقوله فيما بينما اذ لكن ثم او بدوره حتي فان هذا "
    "صحه وجود وقوع وجوب ضروره مقتل اصابه استمرار نيته نيتها عزمه عزمها مسووليته مسووليتها مسووليتهم تبني تلقي اغلاق "
    "فتح بدء تعليق وقف الغاء رفع خفض"
)
_LINKS = word_set(
    "كما قد وقد فيما بينما حين حيث كان كانت وكان وكانت كانوا ثم الذي التي الذين اذ لكن لكنه ما وما حسبما بدوره "
    "بدورها جهته جهتها جانبه جانبها فقد وكما لقد بدورهم كذلك ايضا جهتهم جانبهم والذي والتي ومن و لما"
)
_OPENS_CLAUSE = word_set("كان كانت وكان وكانت لكن ولكن اما واما غير بينما فيما")
_RELATIVE = word_set("الذي التي الذين والذي والتي والذين")
_UNREAL = word_set("ان لم لن لا دون الا")
# Told of: «كشف عن».
_ABOUT = word_set("كشف كشفت يكشف تكشف تحدث تحدثت تحدثوا يتحدث تتحدث")
_REFUSES = word_set("التزم التزمت التزموا رفض رفضت رفضوا امتنع امتنعت امتنعوا اعتذر اعتذرت")
_ANSWERS = word_set("الصمت التعليق الاجابه الرد الادلاء الافصاح الحديث الخوض الكشف")
# «لم تصدر الوزارة أي توضيح»
_GIVES = word_set("يصدر تصدر يقدم تقدم يعط تعط يدل تدل")
_GIVEN = word_set("توضيح تعليق بيان رد تعليقا توضيحا بيانا ردا باي")
_OF = word_set("من عن")
_BEFORE_OF = word_set(
    "عدد كل مجموعه مصدر مصادر شخص سيده العديد كثير عددا احد رجل امراه موظف موظفون مسوول مسوولون شاهد شهود سكان تجار "
    "ناشطون لاجي نازح نازحون طبيب"
)
_NO_SPEAKER = word_set(
    "خطه الخطه جدول معايير المعايير شروط الشروط الحاجه القدره الامكانيات نظام اليه مبدا القانون قانون النوع المنطقه "
    "العمر الموسم القواعد الاتفاق اتفاق سعر الاسعار الطلب"
)
_SPOKEN = word_set(
    "قوله قولها قولهم قولهما تعبيره تعبيرها تعبيرهم وصفه وصفها وصفهم كلامه كلامها كلامهم رايه رايها رايهم تقديره "
    "تقديرها"
)
_B_WORDS = word_set(
    "باسم بلديه بيان بايع بايعو بعض باحث باحثه باحثون بنك برلماني بروفسور بطريرك بعثه بدو بايعه بلدتها بيانات باسل "
    "بشار بدر بلال بسام باير بيت بعثات باحثين"
)
_L_WORDS = word_set("لجنه لواء لاجي لاجيون لاجيين ليلي لينا لوي لقمان لطفي لاعب لولو لجان لارا لمي ليث")
_F_LINKS = ("و", "ف")
_TO_WORDS = word_set(
    "لوكاله لموقع لقناه لصحيفه لاذاعه لمراسل لشبكه لبرنامج لتلفزيون للصحيفه للموقع للوكاله للقناه لمنصه لمجله "
    "لراديو للصحفيين للاعلام لوسايل"
)
_SAID_IN = word_set(
    "بيان تصريح تصريحات حديث مقابله موتمر لقاء منشور تقرير كلمه خطاب تغريده وقت ندوه اتصال تسجيل رساله هذا"
)
_LONGEST = 9


class ArabicReader(NamedTuple):
    """Reads who speaks in Arabic sentences."""

    verbs: CueIndex
    kinds: CueIndex
    """Words that say what kind of speaker it is."""
    things: CueIndex
    """Those of documents, pictures and the like."""
    identity: CueIndex
    """Words that withhold a name: «طلب عدم ذكر اسمه» is nobody's saying."""

    def find(self, tokens: Tokens, dated: Collection[int]) -> Iterator[Speech]:
        """Yield who speaks, verb by verb."""
        return _Sentence(self, tokens, dated).find()


class _Sentence:
    def __init__(self, reader: ArabicReader, tokens: Tokens, dated: Collection[int]) -> None:
        self.all = tokens.all
        self.folds = [token.fold for token in tokens.all]
        self.index = reader.verbs
        self.dated = dated
        self.quoted = find_quoted(tokens)
        self.withheld = {at for cue in reader.identity.find(tokens.all) for at in range(cue.start, cue.end + 2)}
        self.verbs = [
            cue
            for cue in reader.verbs.find(tokens.all)
            if cue.start not in self.quoted | self.withheld
            if cue.means == SILENT_OF or not _is_definite(self.folds[cue.start])
        ]
        self.kinds = [*reader.kinds.find(tokens.all)]
        self.things = [*reader.things.find(tokens.all)]
        self.unreal: Span | None = None

    def find(self) -> Iterator[Speech]:
        taken: set[int] = set()
        bare: list[Speech] = []
        found: list[Speech] = []
        for cue in [*self._find_refusals(), *self.verbs]:
            if cue.start in taken:
                continue
            for speech in self._read(cue):
                inside = {*range(*speech.speaker)}
                if speech.is_same:
                    bare.append(speech)
                elif inside and not taken & inside:
                    taken |= inside | {*range(*speech.verb)}
                    found.append(speech)
        if bare and not found and self.unreal and has_cue(self.kinds, self.unreal):
            # «لم ينفِ رئيس المجلس ذلك، لكنه قال»
            found = [bare[0]._replace(speaker=self.unreal, is_same=False)]
        # What the same one says further is no other voice.
        yield from sorted(found or bare[:1], key=lambda speech: speech.speaker)

    def _find_refusals(self) -> Iterator[Found]:
        """Yield the verb of «رفض متحدث باسم المرفأ التعليق», whose speaker stands between its words."""
        for at, token in enumerate(self.all):
            is_given = token.fold in _GIVES and at and self.folds[at - 1] in ("لم", "ولم") and (
                _GIVEN & {*self.folds[at + 2 : at + 9]} and self.folds[at + 1] not in ("اي", "عن", "عنه", "عنها")
            )  # fmt: skip
            if is_given and not any(cue.start <= at < cue.end and cue.means == SILENT for cue in self.verbs):
                yield Found("", SILENT, at, at + 1)
            if at not in self.withheld and forms(token.fold) & _REFUSES and _ANSWERS & {*self.folds[at + 1 : at + 12]}:
                yield Found("", SILENT, at, at + 1)

    def _read(self, cue: Found) -> Iterator[Speech]:
        at, end = cue.start, cue.end
        verb, manner = (at, end), MANNERS.get(cue.means, "says")
        if cue.means == BY:
            yield from self._read_by(cue)
            return
        if cue.means == SILENT_OF:
            yield from self._read_silent_of(cue)
            return
        if cue.id and not self._is_verb_there(cue):
            return
        if cue.means == SAME:
            if self.folds[end : end + 1] and self.folds[end] in _OPENS_SPEECH | {"الي"}:
                yield Speech(verb, verb, is_same=True)
            return
        if cue.means == QUOTES:
            yield from self._read_quotes(cue)
            return
        if self._is_unreal(at) and cue.means != SILENT:
            self.unreal = self.unreal or self._take_after(end)
            return
        has_clause = cue.means in (SAYS_CLAUSE, SAYS_EITHER, TELLS) and self._has_clause(end)
        if forms(self.folds[at]) & _ABOUT and "عن" in self.folds[end : end + 8] and not has_clause:
            # «كشفت الشرطة عن هوية السائق»
            has_clause = has_cue(self.kinds, (end, end + 3))
        if cue.means == SAYS_CLAUSE and not has_clause:
            return
        outlet, start = self._skip_hearer(end)
        # What follows a verb in the plural is what it acts on.
        span = None if self.folds[at].endswith("وا") else self._take_after(start)
        if at > 1 and self.folds[at - 1] in ("قد", "فقد") and (before := self._take_before(at)):
            # «كانت الوزارة قد أعلنت خطة»
            span = before
        if span is None or (at and self.folds[at - 1] in _RELATIVE):
            span = self._take_before(at) or (None if at and self.folds[at - 1] in _RELATIVE else span)
        if span is None:
            if (cue.means not in DOUBTFUL or has_clause) and (manner == "says" or cue.means == SILENT):
                if manner == "silent":
                    yield from self._read_tried(cue)
                else:
                    yield Speech(verb, verb, "says", outlet, is_same=True)
            return
        if cue.means in DOUBTFUL and not (
            has_clause or has_cue(self.things if cue.means == TELLS else self.kinds, span)
        ):
            return
        if outlet is None:
            outlet = self._find_outlet(span[1])
        for part in self._split(span):
            yield Speech(verb, part, manner, outlet)

    def _is_unreal(self, at: int) -> bool:
        is_told = (
            at > 1 and self.folds[at - 1] == "ان" and self.folds[at - 2].lstrip("و") in ("سبق", "بعد", "منذ", "ما")
        )
        return at > 0 and self.folds[at - 1] in _UNREAL and not is_told

    def _is_verb_there(self, cue: Found) -> bool:
        """Whether the words are a verb here: with an article, or behind a preposition or a noun, they are none."""
        at = cue.start
        word = self.folds[at]
        if "\u064b" in self.all[at].text:
            # With a tanwin it is a noun.
            return False
        if at and self.folds[at - 1] in (
            "من",
            "في",
            "علي",
            "عن",
            "الي",
            "مع",
            "بعد",
            "قبل",
            "دون",
            "كل",
            "هذا",
            "هذه",
            "اي",
        ):
            return self.folds[at - 1] == "من" and word[:1] in ("ي", "ت") and False
        if word[:1] in ("ب", "ل", "ك") and not _is_own(word):
            return word[1:2] not in "اليت" or True
        is_start = not at or not self.all[at - 1].is_word or self.folds[at - 1] in _LINKS or word[0] in "وف"
        if cue.means in DOUBTFUL:
            before = None if is_start else self._take_before(at)
            is_verbal = (
                before
                and self.folds[before[0]].lstrip("وف").startswith(("ي", "ت"))
                and (not has_cue(self.kinds, (before[0], before[0] + 1)))
            )
            return is_start or (before is not None and not is_verbal)
        return True

    def _has_clause(self, end: int) -> bool:
        """Whether «أن», a colon or a quotation follows before the clause ends."""
        if end < len(self.all) and self.folds[end] == "بين":
            return False
        for at in range(end, min(end + 16, len(self.all))):
            if self.folds[at] in _OPENS_SPEECH or self.folds[at] in ("بيانا", "تقريرا", "منشورا"):
                # «بين» and a number is no verb.
                return not any(self.all[n].is_number for n in range(end, min(end + 2, at)))
            if self.folds[at] in (".", "؛", "؟", "!"):
                return False
        return end >= len(self.all)

    def _skip_hearer(self, at: int) -> tuple[Span | None, int]:
        """Read whom it is said to: «لوكالة الساحل»; return that and where the words go on."""
        if at >= len(self.all):
            return None, at
        word = self.folds[at]
        is_own = word in _L_WORDS or word in ("لجنه", "لكن", "ليس") or has_cue(self.kinds, (at, at + 1))
        is_to = word in ("ل", "الي") or word in _TO_WORDS or (word.startswith("لل") and len(word) > 4)
        is_to = is_to or (word.startswith("ل") and len(word) > 3 and not is_own)
        if not is_to:
            return None, at
        start = at + 1 if word in ("ل", "الي") else at
        if start < len(self.all) and self.folds[start] in ("«", '"', "“"):
            close = next((n for n in range(start + 1, min(start + 7, len(self.all))) if self.folds[n] in '»"”'), start)
            return (start, close + 1), close + 1
        end = start + 1
        if word in _TO_WORDS and not word.startswith("لل") and end < len(self.all):
            if self.folds[end] in ("«", '"', "“"):
                close = next((n for n in range(end + 1, min(end + 7, len(self.all))) if self.folds[n] in '»"”'), end)
                end = close + 1
            elif self.all[end].is_word and self.folds[end] not in _STOPS:
                end += 1
        elif end < len(self.all) and self.all[end].is_word and not self.folds[end].startswith("ال"):
            end += self.folds[end] not in _STOPS and not has_cue(self.kinds, (end, end + 1))
        return (start, min(end, len(self.all))), min(end, len(self.all))

    def _find_outlet(self, at: int) -> Span | None:
        """Read whom it was told to behind the speaker: «قال المدير لوكالة الساحل»."""
        for start in range(at, min(at + 5, len(self.all))):
            word = self.folds[start]
            if word in _THAT:
                return None
            if word in _TO_WORDS or word in ("ل", "لـ") or (
                self.folds[start - 1] in ("حديث", "تصريح", "تصريحات", "مقابله", "لقاء") and word in ("الي", "مع")
            ):  # fmt: skip
                return self._skip_hearer(start)[0]
        return None

    def _take_after(self, at: int) -> Span | None:
        start = end = at
        if start < len(self.all) and self.folds[start] in ("كل", "كلا") and self.folds[start + 1 : start + 2] == ["من"]:
            start = end = start + 2
        while end < len(self.all) and end - start < _LONGEST and self._goes_on(end, start):
            end += 1
        while end > start and not self.all[end - 1].is_word and self.folds[end - 1] not in ("»", '"', "”"):
            end -= 1
        if (
            end == start
            or self.folds[start] in ("ان", "ما", "عن", "ذلك", "هذا", "هذه")
            or {*range(start, end)} <= {*self.dated}
        ):
            return None
        return start, self._with_aside(self._with_place(start, end))

    def _with_place(self, start: int, end: int) -> int:
        """Read on over «مصدر في الشرطة»; «قال مدير في بيان» ends before it."""
        is_described = end - start < 3 and has_cue(self.kinds, (start, start + 1))
        if not is_described or self.folds[end : end + 1] not in (["في"], ["من"]) or end + 1 >= len(self.all):
            return end
        stop = end + 1
        while stop < len(self.all) and stop - end < 4 and self._goes_on(stop, end + 1) and stop not in self.withheld:
            stop += 1
        return end if self.folds[end + 1] in _SAID_IN or stop == end + 1 else stop

    def _goes_on(self, at: int, start: int) -> bool:
        token = self.all[at]
        word = token.fold
        if at in self.dated or token.is_number:
            return False
        if word in ("«", '"', "“"):
            # A name in quotation marks, not what is said.
            return at > start and self._is_short_quote(at)
        if word in ("»", '"', "”"):
            return at > start and at - 1 in self.quoted
        if at in self.quoted:
            return True
        if word == ".":
            return at > start and self._is_short(at)
        if not token.is_word:
            return False
        if word in _OF:
            return at > start and word == "من" and (self.folds[at - 1] in _BEFORE_OF or at - start < 1)
        if word in _STOPS or word in _UNREAL:
            return False
        if at == start:
            return True
        if word[0] == "ب" and word not in _B_WORDS and not _is_own(word):
            return False
        if word[0] == "ل" and word not in _L_WORDS:
            # «المدير العام للشركة», but «المدير للموقع»
            is_titled = has_cue(self.kinds, (start, start + 1)) and word not in _TO_WORDS
            if word in _TO_WORDS or len(word) < 3 or (word.startswith("لل") and not is_titled):
                return False
        return not (word[0] in _F_LINKS and self._is_next_verb(at))

    def _is_short_quote(self, at: int) -> bool:
        end = at + 1
        while end in self.quoted:
            end += 1
        return end - at <= 6 and end < len(self.all)

    def _is_next_verb(self, at: int) -> bool:
        return any(cue.start == at and cue.means != SAME for cue in self.verbs) and self.folds[at][1:2] != "ا"

    def _with_aside(self, end: int) -> int:
        """Read on over «، سامي الخضر،»; a clause with «الذي» is none."""
        if self.folds[end : end + 1] == ["في"]:
            # «مدير الصوامع في لورين، سامي الخضر، إن»
            comma = next((n for n in range(end + 1, min(end + 7, len(self.all))) if not self.all[n].is_word), end)
            return self._with_aside(comma) if self.folds[comma] == "،" and self._with_aside(comma) > comma else end
        if self.folds[end : end + 1] != ["،"] or end + 1 >= len(self.all):
            return end
        close = next(
            (
                n
                for n in range(end + 1, min(end + 10, len(self.all)))
                if not self.all[n].is_word and not self._is_short(n)
            ),
            None,
        )
        if close is None or self.folds[close] != "،" or close - end < 2:
            return end
        words = self.folds[end + 1 : close]
        if (
            end + 1 in self.withheld
            or any(word in _STOPS | _RELATIVE for word in words[:3])
            or any(cue.start == end + 1 for cue in self.verbs)
        ):
            return end
        return close if words[0][0] not in "وف" or words[0] in ("وليد", "وسيم", "فادي", "فهد", "وزير", "فواز") else end

    def _is_short(self, at: int) -> bool:
        """Whether a sign is the full stop of an initial: «ف. الهذلوقي»."""
        return self.folds[at] == "." and at > 0 and len(self.folds[at - 1]) == 1

    def _take_before(self, verb: int) -> Span | None:
        """Read the subject before a verb: «وزير النفط قال إن», «المزارع خلف من قرية كذا يرى أن»."""
        end = verb
        while end and self.folds[end - 1] in _RELATIVE | {"قد", "كان", "كانت", "،", "ايضا", "بدوره"}:
            end -= 1
        start = end
        while start and end - start < _LONGEST + 2 and self._goes_back(start - 1):
            start -= 1
        if end - start == 1 and self.folds[start].lstrip("و") in ("مضي", "راح", "اخذ", "عاد", "ظل"):
            # «ومضى يقول»
            return None
        is_open = not start or not self.all[start - 1].is_word or self.folds[start - 1] in _OPENS_CLAUSE
        is_but = start > 1 and self.folds[start - 1] == "ان" and self.folds[start - 2] in ("غير", "الا", "بيد")
        if start == end or not (is_open or is_but):
            return None
        prepositions = [n for n in range(start, end) if self.folds[n] in ("من", "في")]
        if prepositions and not has_cue(self.kinds, (start, start + 1)):
            return None
        first = self.folds[start]
        if first.startswith(("ب", "ل", "ك")) and not _is_own(first) and first not in _B_WORDS | _L_WORDS:
            return None
        return (start, prepositions[0] if prepositions else end) if prepositions[:1] != [start] else None

    def _goes_back(self, at: int) -> bool:
        token = self.all[at]
        is_stop = token.fold in _STOPS - {"في"} or token.fold in ("وكان", "وكانت", "كل", "وان")
        return token.is_word and at not in self.dated and not is_stop and not any(cue.start == at for cue in self.verbs)

    def _read_by(self, cue: Found) -> Iterator[Speech]:
        at = cue.end
        if at < len(self.all) and self.folds[at] in ("ل", "لـ"):
            at += 1
        if at >= len(self.all):
            return
        word = self.folds[at]
        if forms(word) & _SPOKEN or word.removeprefix("ل") in _SPOKEN:
            yield Speech((cue.start, at + 1), (cue.start, at + 1), is_same=True)
            return
        if word in ("ما", "لما") or any(
            other.start == at and other.means not in (BY, SILENT_OF) for other in self.verbs
        ):
            inner = at + 1 if word in ("ما", "لما") else at
            verb = next((other for other in self.verbs if other.start == inner), None) or self._find_suffixed(inner)
            end = verb.end if verb else inner + 1
            if self.folds[end : end + 1] in (["به"], ["عنه"], ["له"], ["عليه"]):
                end += 1
            if verb and verb.means == QUOTES:
                yield from self._read_quotes(Found(verb.id, verb.means, cue.start, end))
                return
            outlet, start = self._skip_hearer(end)
            if span := self._take_after(start):
                if self.folds[span[1] : span[1] + 1] == ["من"] and (source := self._take_after(span[1] + 1)):
                    # «ما علم الموقع من مصدر»
                    outlet, span = span, source
                for part in self._split(span):
                    yield Speech((cue.start, end), part, "says", outlet or self._find_outlet(span[1]))
            return
        span = self._take_after(at)
        if span is None or forms(word) & _NO_SPEAKER or word.removeprefix("ل") in _NO_SPEAKER:
            return
        for part in self._split(span):
            yield Speech((cue.start, cue.end), part, "says", self._find_outlet(span[1]))

    def _find_suffixed(self, at: int) -> Found | None:
        """Read «ما نقلته»: a verb with its object written onto it."""
        if at >= len(self.all) or not self.folds[at].endswith("ه"):
            return None
        bare = self.all[at]._replace(fold=self.folds[at][:-1])
        found = self.index.at((bare,), 0)
        return found._replace(start=at, end=at + 1) if found else None

    def _read_quotes(self, cue: Found) -> Iterator[Speech]:
        """Read «نقلت وكالة الساحل عن شهود»: the agency passes on what they say."""
        verb = (cue.start, cue.end)
        outlet = self._take_after(cue.end)
        at = outlet[1] if outlet else cue.end
        # What stands between: «في تقرير لها».
        links = ("عن", "الي") if forms(self.folds[cue.start]) & {"نسب", "نسبت", "ينسب", "تنسب"} else ("عن",)
        of = next((n for n in range(at, min(at + 5, len(self.all))) if self.folds[n] in links), None)
        if of is not None and (span := self._take_after(of + 1)):
            for part in self._split(span):
                yield Speech(verb, part, "says", outlet)
        elif outlet and self._has_clause(cue.end):
            yield Speech(verb, outlet)

    def _read_silent_of(self, cue: Found) -> Iterator[Speech]:
        near = {*self.folds[max(0, cue.start - 6) : cue.start]}
        is_tried = self.folds[cue.start] in ("التواصل", "الاتصال")
        later = {*self.folds[cue.end :]}
        denied = near & {"لم", "دون", "اي", "بدون", "ولم", "تعذر", "يتسن"}
        if is_tried and not (denied or later & {"لم", "دون", "تتلق", "يتلق"}):
            return
        if not is_tried and not denied:
            return
        if span := self._take_after(cue.end):
            for part in self._split(span):
                yield Speech((cue.start, cue.end), part, "silent")

    def _read_tried(self, cue: Found) -> Iterator[Speech]:
        """Read «لكنها لم ترد»: whoever was asked before, if the sentence tells."""
        asked = next((n for n in range(cue.start) if self.folds[n] == "مع"), None)
        if asked is not None and (span := self._take_after(asked + 1)):
            yield Speech((cue.start, cue.end), span, "silent")
        elif not any(other.means == SILENT_OF for other in self.verbs):
            yield Speech((cue.start, cue.end), (cue.start, cue.end), "silent", is_same=True)

    def _split(self, span: Span) -> list[Span]:
        """Tell speakers apart that are joined: «تجار | وسكان»."""
        start, end = span
        pieces, at = [], start
        for n in range(start + 1, end):
            word = self.folds[n]
            is_and = (
                word[0] == "و"
                and len(word) > 3
                and has_cue(self.kinds, (n, n + 1))
                and word not in ("وزير", "وزاره", "وكاله", "وزيره", "وسايل", "وثايق", "وثيقه", "وسيط")
            )
            if (
                is_and
                and has_cue(self.kinds, (at, n))
                and not (
                    word.startswith("وال") and not self.folds[at].startswith("ال") and self.folds[at] not in ("اهال",)
                )
            ):
                pieces.append((at, n))
                at = n
        return [*pieces, (at, end)]


def _is_definite(word: str) -> bool:
    """Whether a word has the article, so that it is no verb; «التزم» is one."""
    return word.startswith(("ال", "وال", "بال", "لل", "فال", "كال")) and not word.lstrip("وف").startswith("التزم")


def _is_own(word: str) -> bool:
    """Whether the first letter belongs to the word, as far as its looks tell."""
    return not word.startswith(("بال", "لل", "كال")) and len(word) < 4


def conjugate(verb: str) -> Iterator[str]:
    """Yield a folded verb of the third person with its other endings: قال, قالت, قالا, قالوا; يقول, تقول, يقولون."""
    yield verb
    if verb.startswith("ي") and len(verb) > 3:
        body = verb[1:]
        yield "ت" + body
        ends = body[:-1] if body.endswith(("ي", "و")) else body
        if body.endswith("ي") and len(body) > 2:
            # «لم ينفِ»
            yield from ("ي" + body[:-1], "ت" + body[:-1])
        yield from ("ي" + ends + "ون", "ي" + body + "ان", "ت" + body + "ان", "ي" + ends + "ن")
    else:
        body = verb[:-1] if verb.endswith(("ي", "ا")) else verb
        yield from (body + "ت", body + "وا", body + "تا", *([verb + "ا"] if body == verb and len(verb) > 3 else []))
