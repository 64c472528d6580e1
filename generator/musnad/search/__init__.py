"""Search: one analyser for both scripts, an index in small files, and the worker behind the theme's box.

To search a record: ``Finder(Corpus(list_documents(site), synonyms), "en").find("who laid the mines")`` returns hits,
best first. ``make_index`` writes the files that the worker reads; ``read_worker`` is its script. ``find.py`` and
``worker/search.js`` are one algorithm; tables under ``tests/text`` and the queries of ``bench/search`` are put to both.
"""
