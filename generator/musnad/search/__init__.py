"""Search: one analyser for both scripts, an index in small files, and the worker behind the theme's box.

What reads and compares words can be used by itself; ``README.md`` beside this file has examples. To search a record:
``Finder(Corpus(list_documents(site), synonyms), "en").find("who laid the mines")`` (``find.py``, ``corpus.py``,
``documents.py``) returns hits, best first. ``make_index`` writes the files that the worker reads; ``read_worker`` is
its script. ``find.py`` and ``worker/search.js`` are one algorithm; tables under ``tests/text`` and the queries of
``bench/search`` are put to both.
"""

from musnad.text.fold import fold
from musnad.text.likeness import compare_phrases, compare_words
from musnad.text.roots import find_root
from musnad.text.words import Phrase, Word, read_phrase, read_query

__all__ = ["Phrase", "Word", "compare_phrases", "compare_words", "find_root", "fold", "read_phrase", "read_query"]
