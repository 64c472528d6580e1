"""Run yente's own loader over what `musnad export artifacts DIR` wrote, as far as it goes without a search index.

    python bench/with_yente.py DIR

runs with a Python that has yente (`pip install` from its repository, tag 5.5.0): its manifest, its catalogue, its
choice between everything and deltas, its reader of lines over HTTP with its check of digests, and the documents that it
would send to the index. Not run: OpenSearch or Elasticsearch themselves, and with them locks, aliases, queries, scores.
"""

import asyncio
import json
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from yente.data.manifest import Catalog, Manifest
from yente.data.updater import DatasetUpdater
from yente.search.indexer import iter_entity_docs


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main(folder: Path) -> None:
    catalog = json.loads((folder / "catalog.json").read_text(encoding="utf-8"))
    published = catalog["datasets"][0]["index_url"].partition("artifacts/")[0]
    with (
        tempfile.TemporaryDirectory() as scratch,
        ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=scratch)) as server,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        for path in folder.rglob("*.json"):
            local = Path(scratch, path.relative_to(folder))
            local.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8")
            # What leads to files leads to this machine; the files are as they are.
            is_about = path.name in ("catalog.json", "index.json", "delta.json")
            local.write_text(text.replace(published, address) if is_about else text, encoding="utf-8", newline="")
        print(json.dumps(asyncio.run(load(address, catalog["datasets"][0]["name"], folder))))
        server.shutdown()


async def load(address: str, name: str, folder: Path) -> dict[str, Any]:
    entry = {"url": f"{address}catalog.json", "scope": name, "resource_name": "entities.ftm.json"}
    catalog = await Catalog.load(Manifest.model_validate({"catalogs": [entry]}))
    dataset = catalog.require(name)
    versions = json.loads((folder / "artifacts" / name / "versions.json").read_text(encoding="utf-8"))["items"]

    async def read(base: str | None) -> tuple[bool, dict[str, Any], list[str]]:
        updater = await DatasetUpdater.build(dataset, base)
        docs: dict[str, Any] = {}
        gone = []
        if updater.needs_update():
            async for action in iter_entity_docs(updater, "index"):
                if action.get("_op_type") == "delete":
                    gone.append(action["_id"])
                    docs.pop(action["_id"], None)
                else:
                    docs[action["_id"]] = action["_source"]
        return updater.is_incremental, docs, gone

    is_incremental, whole, _ = await read(None)
    assert not is_incremental
    found: dict[str, Any] = {"version": dataset.model.version, "documents": len(whole), "from": {}}
    for version in versions:
        path = folder / "artifacts" / name / version / "entities.ftm.json"
        before = {line["id"] for line in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
        is_incremental, docs, gone = await read(version)
        # What the index would hold: what was there, less what is gone, and what came.
        assert (before - {*gone}) | docs.keys() == whole.keys(), version
        assert all(whole[id_] == doc for id_, doc in docs.items()), version
        found["from"][version] = {"incremental": is_incremental, "changed": len(docs), "deleted": len(gone)}
    is_incremental, docs, _ = await read("20000101000000-abc")
    assert not is_incremental
    assert docs.keys() == whole.keys()
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
