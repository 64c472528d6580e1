"""Templates compiled to quicker Python: our own, which get objects, and functions that want no context; the theme's.

What a template prints is the same as ever. Jinja asks at each attribute whether it may be an item, at each call whether
the function wants the context, and makes an object of all that is escaped: a page has thousands of each.
"""

from collections.abc import Callable
from functools import partial
from types import BuiltinMethodType, FunctionType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

MARKED = frozenset({"bdi", "md", "quoted", "whole"})
"""Filters of ours that give Markup: nothing of it is to be escaped."""
_escape_text: Callable[[str], str] = _escape_inner
"""Escapes a text, and makes no object of it."""


def show(value: Any) -> str:
    """Return what stands on the page for a value."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    return value if kind is Markup else escape(value)


def plain(macro: Any, parameters: tuple[str, ...]) -> Any:
    """Return a macro as a function that can be called without its last arguments."""
    macro.__defaults__ = (missing,) * len(parameters)
    macro.parameters = parameters
    return macro


def named(function: Any) -> Any:
    """Return a macro so that it can be called with names for its arguments; of any other function, itself."""
    parameters = getattr(function, "parameters", None)
    if parameters is None:
        return function

    def call(*given: object, **more: object) -> Any:
        rest = [more.pop(name, missing) for name in parameters[len(given) :]]
        return function(*given, *rest, **more)

    return call


_METHODS = frozenset(dir(dict))


def look(environment: Environment, value: Any, name: str) -> Any:
    """Return what a template means by a name behind a dot."""
    if type(value) is dict and name in value and name not in _METHODS:
        return value[name]
    return environment.getattr(value, name)


def bind(context: Context, function: Any, **more: object) -> Any:
    """Return a function as a template calls it: macros and methods themselves, as they want no context."""
    kind = type(function)
    if kind is BuiltinMethodType or (kind is FunctionType and hasattr(function, "parameters")):
        return function
    return partial(context.call, function, **more)


class QuickCode(CodeGenerator):
    """Writes attributes, calls and macros as those of Python."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Begin with what the code needs."""
        self.writeline(f"from {__name__} import bind, look, named, plain, show")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write an attribute."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call; one with names for its arguments as Jinja does."""
        if forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs:
            self.write("context.call(named(")
            self.visit(node.node, frame)
            self.write(")")
            caller = {"caller": "caller"} if forward_caller else {}
            self.signature(node, frame, caller | self._list_locals(frame))
            self.write(")")
            return
        self._write_function(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _list_locals(self, _: Frame) -> dict[str, str]:
        """Return what a call hands over besides its arguments."""
        return {}

    def _write_function(self, node: nodes.Expr, frame: Frame) -> None:
        self.visit(node, frame)

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802
        """Write a choice; one without an alternative chooses nothing, and makes no object for that."""
        other = node.expr2 or nodes.Const("", lineno=node.lineno)
        super().visit_CondExpr(nodes.CondExpr(node.test, node.expr1, other, lineno=node.lineno), frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write what the name of a macro stands for."""
        if macro_ref.accesses_kwargs or macro_ref.accesses_varargs or macro_ref.accesses_caller:
            super().macro_def(macro_ref, frame)
        else:
            self.write(f"plain(macro, {tuple(argument.name for argument in macro_ref.node.args)!r})")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """Write the end of a macro: what it prints needs no escaping any more."""
        super().return_buffer_contents(frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("(" if isinstance(node, nodes.Filter) and node.name in MARKED else "show(")
        if finalize.src is not None:
            self.write(finalize.src)


class ThemeCode(QuickCode):
    """The same for templates of others: what stands behind a dot may be an item, and a function may want the context.

    They escape what they want escaped.
    """

    _printed: nodes.Expr | None = None

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write an attribute or an item."""
        self.write("look(environment, ")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def _list_locals(self, frame: Frame) -> dict[str, str]:
        names = ["_loop_vars"] * frame.loop_frame + ["_block_vars"] * frame.block_frame
        return dict(zip(names, names, strict=True))

    def _write_function(self, node: nodes.Expr, frame: Frame) -> None:
        self.write("bind(context, ")
        self.visit(node, frame)
        self.write("".join(f", {name}={value}" for name, value in self._list_locals(frame).items()))
        self.write(")")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        """Write a filter; what is escaped and printed at once need be no object."""
        if node is self._printed and node.name in ("e", "escape") and node.node is not None:
            self.write("show(")
            self.visit(node.node, frame)
            self.write(")")
        else:
            super().visit_Filter(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self._printed = node
        super(QuickCode, self)._output_child_pre(node, frame, finalize)
