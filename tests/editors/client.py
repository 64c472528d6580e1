"""A client of the YAML language server that editors run: what it says of a text, over its standard input and output."""

import contextlib
import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

CAPABILITIES = {
    "workspace": {"configuration": True, "didChangeWatchedFiles": {"dynamicRegistration": False}},
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
    },
}


class Alarm(NamedTuple):
    """What is underlined, and what is said of it."""

    text: str
    line: int
    """From 1."""
    message: str


class Choice(NamedTuple):
    """What is offered while one types."""

    label: str
    inserts: str
    replaces: str
    """What is typed already."""
    told: str


@dataclass
class Editor:
    """An editor with a folder open."""

    folder: Path
    settings: dict[str, Any]
    process: subprocess.Popen[bytes]
    _last: int = 0

    def _send(self, **message: Any) -> None:
        assert self.process.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if "method" in message and "id" in message:
            self._answer(message)
        return message

    def _answer(self, message: dict[str, Any]) -> None:
        """Answer what the server asks: for settings, by section."""
        items = message.get("params", {}).get("items", ()) if message["method"] == "workspace/configuration" else None
        result = None if items is None else [self._section(item["section"]) for item in items]
        self._send(id=message["id"], result=result)

    def _section(self, name: str) -> Any:
        if name in self.settings:
            return self.settings[name]
        found: dict[str, Any] = {}
        for key, value in self.settings.items():
            first, *rest = key.split(".")
            if first == name:
                inner = found
                for part in rest[:-1]:
                    inner = inner.setdefault(part, {})
                inner[rest[-1]] = value
        return found

    def ask(self, method: str, **params: Any) -> Any:
        """Return the result of a request."""
        self._last += 1
        self._send(id=self._last, method=method, params=params)
        while True:
            message = self._receive()
            if message.get("id") == self._last and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def tell(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self._send(method=method, params=params)

    def check(self, texts: Mapping[Path, str]) -> dict[Path, list[Alarm]]:
        """Open texts as files, close them, and return what was underlined in each."""
        for path, text in texts.items():
            self._open(path, text)
        found = self._await_alarms(texts)
        for path in texts:
            self.tell("textDocument/didClose", textDocument={"uri": path.as_uri()})
        self._await_alarms(texts)
        return {path: [_make_alarm(text, alarm) for alarm in found[path]] for path, text in texts.items()}

    def _open(self, path: Path, text: str) -> None:
        # What the server knows of a text it knows by its version.
        self._last += 1
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": self._last, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)

    def _await_alarms(self, paths: Iterable[Path]) -> dict[Path, list[dict[str, Any]]]:
        waiting = {path.as_uri(): path for path in paths}
        found: dict[Path, list[dict[str, Any]]] = {}
        while waiting:
            message = self._receive()
            told = message.get("params", {})
            if message.get("method") == "textDocument/publishDiagnostics" and told["uri"] in waiting:
                found[waiting.pop(told["uri"])] = told["diagnostics"]
        return found

    def _ask_at_mark(self, method: str, path: Path, marked: str) -> Any:
        """Ask about the place of the mark ``|`` in a text."""
        before, _, after = marked.partition("|")
        self._open(path, before + after)
        lines = before.split("\n")
        found = self.ask(
            method,
            textDocument={"uri": path.as_uri()},
            position={"line": len(lines) - 1, "character": len(lines[-1])},
        )
        self.tell("textDocument/didClose", textDocument={"uri": path.as_uri()})
        return found

    def complete(self, path: Path, marked: str) -> dict[str, Choice]:
        """Return what is offered at the mark ``|`` in a text, by label."""
        items = self._ask_at_mark("textDocument/completion", path, marked)["items"]
        return {item["label"]: _make_choice(marked.replace("|", "", 1), item) for item in items}

    def hover(self, path: Path, marked: str) -> str:
        """Return what is told of what stands at the mark ``|`` in a text."""
        found = self._ask_at_mark("textDocument/hover", path, marked)
        return found["contents"]["value"] if found else ""

    def notice(self, *paths: Path) -> None:
        """Tell that files were written, as editors do that watch them."""
        changes = [{"uri": path.as_uri(), "type": 2} for path in paths]
        self.tell("workspace/didChangeWatchedFiles", changes=changes)


def _make_choice(text: str, item: dict[str, Any]) -> Choice:
    told = item.get("documentation") or ""
    old = _cut(text, item["textEdit"]["range"]) if "textEdit" in item else ""
    return Choice(item["label"], item["insertText"], old, told["value"] if isinstance(told, dict) else told)


def _make_alarm(text: str, found: dict[str, Any]) -> Alarm:
    return Alarm(_cut(text, found["range"]), found["range"]["start"]["line"] + 1, found["message"])


def _cut(text: str, span: dict[str, Any]) -> str:
    """Return the text in a range; no character of ours takes two units of UTF-16."""
    lines = text.split("\n")[span["start"]["line"] : span["end"]["line"] + 1]
    lines[-1] = lines[-1][: span["end"]["character"]]
    return "\n".join(lines)[span["start"]["character"] :]


@contextlib.contextmanager
def edit(command: list[str], folder: Path, settings: dict[str, Any]) -> Iterator[Editor]:
    """Run a server for an editor that has a folder open."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:
        editor = Editor(folder, settings, process)
        uri = folder.as_uri()
        folders = [{"uri": uri, "name": folder.name}]
        try:
            editor.ask("initialize", processId=None, rootUri=uri, capabilities=CAPABILITIES, workspaceFolders=folders)
            editor.tell("initialized")
            editor.tell("workspace/didChangeConfiguration", settings={})
            yield editor
        finally:
            process.kill()
