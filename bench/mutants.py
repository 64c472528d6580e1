"""Measure whether the tests would notice: change the generator in one small place, and see if a test fails.

``python -m bench.mutants [--seed N] [--count N] [--rooms ROOM ...]``, from the project's folder. Changes are drawn at
random, the same for a seed and a state of the code, and made one after another in a copy of the project, never in the
project itself. Each survivor is printed with its change; whether it changes anything that can be seen is for the eye.
"""

import argparse
import ast
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import babel.lists
import jinja2
import markdown
import mkdocs.plugins
import pydantic
import pytest
import yaml

PROJECT = Path(__file__).parents[1]
PACKAGE = Path("generator/musnad")
# The copy is changed in a fork of this process, which has loaded the libraries already, and nothing of ours.
LOADED = (babel.lists, jinja2, markdown, mkdocs.plugins, pydantic, yaml)
# Folders of tests that can see a room, the quickest first. Browser, server and whole builds (tests/site) are left out.
TESTS = {
    "text": ("text", "wording", "search", "pages"),
    "records": ("records", "rules", "pages"),
    "derive": ("derive", "exports", "pages"),
    "rules": ("rules", "editing"),
    "wording": ("wording", "pages"),
    "pages": ("pages", "exports", "search"),
    "editing": ("editing",),
    "search": ("search",),
    "exports": ("exports",),
    "build": ("build",),
}
LIMIT = 900
"""Seconds after which a change counts as noticed: it made something endless."""

OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "sorted": "list", "any": "all", "all": "any"}
EMPTY = {"str": "''", "int": "0", "bool": "False", "tuple": "()", "list": "[]", "dict": "{}", "set": "set()"}
# What says nothing to a reader of the site: annotations, decorators, messages (a test of their own compares them).
UNSEEN_FIELDS = {"annotation", "returns", "decorator_list", "keywords_of_class", "msg", "type_params"}
UNSEEN_CALLS = {"N_", "TypeVar", "cast", "_log", "log", "logger"}
GENERIC = {"dict", "list", "tuple", "set", "frozenset", "type"}

Put = Callable[[Any], None]


class Change(NamedTuple):
    """One small change of a module, not yet made."""

    line: int
    kind: str
    before: str
    after: str
    make: Callable[[], object]


class Mutant(NamedTuple):
    """One small change of the generator: the ``index``-th of those that a file allows."""

    file: Path
    index: int
    change: Change

    def __str__(self) -> str:
        """Return file, line and change on one line."""
        before, after = (" ".join(text.split())[:90] for text in (self.change.before, self.change.after))
        return f"{self.file}:{self.change.line}: {self.change.kind}: {before}  ->  {after}"


def list_changes(tree: ast.Module) -> Iterator[Change]:
    """Yield every change that a module allows, in the order of its text."""
    for node, put, empty in _walk(tree, "None"):
        for kind, new in _replace(node, empty):
            yield Change(_find_line(node), kind, ast.unparse(node), ast.unparse(new), partial(put, new))
        for kind, names, n in _list_droppable(node):
            kept = deepcopy(node)
            dropped = [getattr(kept, name).pop(n) for name in names]
            line = _find_line(dropped[0] or node)
            yield Change(line, kind, ": ".join(map(ast.unparse, filter(None, dropped))), "", partial(put, kept))


def _find_line(node: ast.AST) -> int:
    return next((inner.lineno for inner in ast.walk(node) if isinstance(inner, ast.expr | ast.stmt)), 0)


def _walk(node: ast.AST, empty: str) -> Iterator[tuple[Any, Put, str]]:
    """Yield each node that matters, how to put another in its place, and what the function around it gives if empty."""
    if isinstance(node, ast.FunctionDef):
        empty = _find_empty(node)
    for name, value in ast.iter_fields(node):
        if name in UNSEEN_FIELDS or (isinstance(node, ast.ClassDef) and name in ("keywords", "bases")):
            continue
        places: list[tuple[Any, Put]] = [(value, partial(setattr, node, name))]
        if isinstance(value, list):
            places = [(item, partial(value.__setitem__, n)) for n, item in enumerate(value)]
        for item, put in places:
            if isinstance(item, ast.AST) and not _is_unseen(item):
                yield item, put, empty
                yield from _walk(item, empty)


def _is_unseen(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Assert):
        return True
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).partition(".")[0] in UNSEEN_CALLS
    if isinstance(node, ast.Subscript):
        # A type, not a look-up.
        name = ast.unparse(node.value).rpartition(".")[2]
        return name in GENERIC or (name[:1].isupper() and not name.isupper())
    return isinstance(node, ast.Assign) and "__slots__" in ast.unparse(node.targets[0])


def _find_empty(function: ast.FunctionDef) -> str:
    returns = ast.unparse(function.returns) if function.returns else "None"
    return EMPTY.get(returns.partition("[")[0], "None")


def _replace(node: ast.AST, empty: str) -> Iterator[tuple[str, ast.AST]]:
    """Yield what may stand in place of a node, and the kind of change."""
    match node:
        case ast.Compare(ops=ops):
            for n, op in enumerate(ops):
                new = deepcopy(node)
                new.ops[n] = OPPOSITES[type(op)]()
                yield "compare", new
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not", operand
        case ast.BoolOp(op=op, values=values):
            yield "boolean", ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if not _is_opposed(test):
            new = deepcopy(node)
            new.test = ast.UnaryOp(ast.Not(), test)
            yield "condition", new
        case ast.comprehension(ifs=[_, *_]):
            new = deepcopy(node)
            new.ifs = []
            yield "condition", new
        case ast.Constant(value=bool(value)):
            yield "flag", ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield "number", ast.Constant(value + (1 if isinstance(value, int) else value / 10))
        case ast.Constant(value=str(value)):
            yield "text", ast.Constant(f"{value}x" if value else "x")
        case ast.Call(func=ast.Name(id=name)) if name in NAMES:
            new = deepcopy(node)
            new.func = ast.Name(NAMES[name])
            if name == "sorted":
                new.keywords = []
            yield "call", new
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) not in (empty, '""', "None"):
            yield "return", ast.Return(ast.parse(empty, mode="eval").body)
        case ast.Subscript(value=value, slice=ast.Slice(), ctx=ast.Load()):
            yield "slice", value
        case ast.Expr(value=ast.Call() as call) if not _is_unseen(call):
            yield "statement", ast.Pass()
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()) | ast.AugAssign() | ast.Raise() | ast.Continue():
            yield "statement", ast.Pass()
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield "statement", ast.Pass()
        case _:
            pass


def _is_opposed(test: ast.expr) -> bool:
    """Whether a condition's opposite is made by changing its operator."""
    return isinstance(test, ast.UnaryOp) or (
        isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Eq | ast.NotEq | ast.In | ast.NotIn | ast.Is)
    )


def _list_droppable(node: ast.AST) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Yield each member that may be left out of a node: the kind of change, the lists it stands in, and its index."""
    match node:
        case ast.Tuple(elts=members, ctx=ast.Load()) | ast.List(elts=members, ctx=ast.Load()) | ast.Set(elts=members):
            yield from (("element", ("elts",), n) for n in range(len(members)))
        case ast.Dict(keys=members):
            yield from (("element", ("keys", "values"), n) for n in range(len(members)))
        case ast.Call(keywords=members):
            yield from (("keyword", ("keywords",), n) for n in range(len(members)))


def list_mutants(rooms: list[str]) -> list[Mutant]:
    """Return every change that the files of some rooms allow."""
    found = []
    for room in rooms:
        for path in sorted((PROJECT / PACKAGE / room).rglob("*.py")):
            file = path.relative_to(PROJECT)
            found += [Mutant(file, n, change) for n, change in enumerate(list_changes(_parse(path)))]
    return found


def draw(mutants: list[Mutant], seed: int, count: int) -> list[Mutant]:
    """Draw at random, as many of each kind as of any other: half of all changes possible are left-out members."""
    by_kind: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        by_kind.setdefault(mutant.change.kind, []).append(mutant)
    chance = random.Random(seed)
    for found in by_kind.values():
        chance.shuffle(found)
    kinds = [kind for _ in range(count) for kind in chance.sample(sorted(by_kind), len(by_kind))]
    return [by_kind[kind].pop() for kind in kinds[:count] if by_kind[kind]]


def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def apply(mutant: Mutant, copy: Path) -> None:
    """Write the changed module into the copy."""
    path = copy / mutant.file
    tree = _parse(path)
    list(list_changes(tree))[mutant.index].make()
    path.write_text(ast.unparse(ast.fix_missing_locations(tree)), encoding="utf-8")
    # Compiled modules are known by the second of the change: make it one that was never before.
    stamp = 1_000_000_000 + mutant.index
    os.utime(path, (stamp, stamp))


def copy_project(copy: Path) -> None:
    """Copy what the tests read."""
    for name in ("generator", "tests", "entries", "docs", "bench"):
        shutil.copytree(PROJECT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in PROJECT.iterdir():
        if path.is_file():
            shutil.copy2(path, copy)


def find_room(mutant: Mutant) -> str:
    """Return the room that a change is in."""
    return mutant.file.relative_to(PACKAGE).parts[0]


def is_noticed(copy: Path, folders: tuple[str, ...]) -> bool:
    """Run the tests in some folders until one fails, and tell whether one did."""
    process = multiprocessing.get_context("fork").Process(target=_test, args=(copy, folders))
    process.start()
    process.join(LIMIT)
    if process.is_alive():
        assert process.pid is not None
        os.killpg(process.pid, signal.SIGKILL)
        process.join()
    return process.exitcode != 0


def _test(copy: Path, folders: tuple[str, ...]) -> None:
    os.setsid()
    os.chdir(copy)
    sys.path[:0] = [str(copy), str(copy / PACKAGE.parent)]
    # With CI, hypothesis draws the same examples each time and lets them take their time.
    os.environ.update(CI="true", PYTHONPATH=str(copy / PACKAGE.parent))
    output = os.open(copy / "output.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    for folder in folders:
        args = ["-x", "-q", "-n0", "-m", "not browser and not server", f"tests/{folder}"]
        if pytest.main(args):
            os._exit(1)
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--rooms", nargs="+", choices=TESTS, default=list(TESTS), metavar="ROOM")
    parser.add_argument("--only", help="instead of drawing, the changes of this file:line", metavar="FILE:LINE")
    options = parser.parse_args()
    if os.environ.get("PYTHONHASHSEED") != "0":
        # Sets keep one order, so that a change is noticed each time or never.
        os.execve(sys.executable, sys.orig_argv, {**os.environ, "PYTHONHASHSEED": "0"})
    mutants = list_mutants(options.rooms)
    print(f"{len(mutants)} changes possible: {dict(Counter(mutant.change.kind for mutant in mutants).most_common())}")
    if options.only:
        drawn = [mutant for mutant in mutants if f"{mutant.file}:{mutant.change.line}".endswith(options.only)]
    else:
        drawn = draw(mutants, options.seed, options.count)
    survivors = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copy_project(copy)
        sys.stdout.flush()
        for mutant in drawn:
            started = time.monotonic()
            original = (copy / mutant.file).read_bytes()
            apply(mutant, copy)
            noticed = is_noticed(copy, TESTS[find_room(mutant)])
            (copy / mutant.file).write_bytes(original)
            if not noticed:
                survivors.append(mutant)
            print(f"{'noticed' if noticed else 'SURVIVED':8} {time.monotonic() - started:4.0f} s  {mutant}", flush=True)
        # Where something survived, the tests are known to pass by themselves.
        passed = {find_room(mutant) for mutant in survivors}
        for room in dict.fromkeys(find_room(mutant) for mutant in drawn if find_room(mutant) not in passed):
            if is_noticed(copy, TESTS[room]):
                sys.exit(f"tests of {room} fail without any change:\n{(copy / 'output.txt').read_text()}")
    print(f"\nseed {options.seed}: {len(drawn) - len(survivors)} of {len(drawn)} noticed; survivors:")
    for mutant in survivors:
        print(mutant)


if __name__ == "__main__":
    main()
