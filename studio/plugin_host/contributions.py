"""What one plugin adds: its specs, checked and copied on the plugin's thread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import pluggy

from studio.errors import PluginError
from studio.plugin_host.failures import load_error, loading_step
from studio.plugin_host.kinds import KINDS
from studio.plugin_host.kinds.kind import Kind, Spec
from studio.plugin_host.parameter_checks import check_parameters, is_id
from studio.plugin_host.plain_specs import id_of, is_a, plain_items, plain_spec


@dataclass(frozen=True, eq=False)
class Contribution:
    """One spec of the plugin with the id ``plugin_id``."""

    kind: Kind[Any]
    spec: Spec
    plugin_id: str

    @property
    def label(self) -> str:
        """What nothing else is called that plugins add: "tool inpaint"."""
        return f"{self.kind.id} {self.spec.id}"

    def with_callables(self, wrapped: Callable[[str, Callable[..., Any]], Callable[..., Any]]) -> Contribution:
        """The same with each function of the spec replaced by ``wrapped(what it is called, function)``; what the
        function returns is checked too."""
        owner, _, name = self.kind.callback.rpartition(".")
        if not name:
            return self

        def changed(part: Any, what: str) -> Any:
            function = self.kind.result(self.spec, getattr(part, name))
            return replace(part, **{name: wrapped(what, function)})

        spec: Any = self.spec
        if not owner:
            return replace(self, spec=changed(spec, self.label))
        parts = tuple(changed(part, f"{self.label} ({part.id})") for part in getattr(spec, owner))
        return replace(self, spec=replace(spec, **{owner: parts}))


def collect(manager: pluggy.PluginManager, plugin_id: str) -> tuple[Contribution, ...]:
    """Call the declaring hooks of one plugin's manager, and check and copy what they return.

    Raises `LoadError` when a hook raises or returns something else than it should.
    """
    found: list[Contribution] = []
    for kind in KINDS:
        for returned in _called(manager, kind.hook):
            with loading_step("hooks", f"What {kind.hook} returned could not be read"):
                found.extend(Contribution(kind, spec, plugin_id) for spec in _checked(kind, returned))
    with loading_step("hooks", "What it adds could not be listed"):
        _check_own_labels([contribution.label for contribution in found])
    return tuple(found)


def _check_own_labels(labels: Sequence[str]) -> None:
    seen: set[str] = set()
    for label in labels:
        if label in seen:
            raise PluginError("It adds the {label} twice.", "Give each an id of its own.", label=label)
        seen.add(label)


def _called(manager: pluggy.PluginManager, hook: str) -> list[object]:
    caller = getattr(manager.hook, hook)
    try:
        # Called one by one and not through the manager, which drops a None that should be refused.
        return [implementation.function() for implementation in caller.get_hookimpls()]
    except BaseException as error:  # noqa: BLE001 - a plugin may raise anything
        raise load_error(error, "hooks", f"{hook} raised") from None


def _checked(kind: Kind[Any], returned: object) -> list[Spec]:
    duty = f"{kind.hook} must return a list of {kind.spec.__name__}"
    if not is_a(returned, Sequence) or is_a(returned, str) or is_a(returned, bytes):
        raise PluginError("{duty}, not {kind}.", duty=duty, kind=type(returned).__name__)
    found: list[Spec] = []
    for spec in plain_items(cast("Sequence[Any]", returned)):
        if not is_a(spec, kind.spec):
            raise PluginError("{duty}, but has a {kind}.", duty=duty, kind=type(spec).__name__)
        plain = plain_spec(spec, kind.spec, f"the {kind.id} {id_of(spec)}")
        _check_spec(kind, plain)
        found.append(plain)
    return found


def _check_spec(kind: Kind[Any], spec: Any) -> None:
    if not is_id(spec.id):
        raise PluginError(
            "The {kind} id {spec!r} must be small letters, digits and _, beginning with a letter.",
            kind=kind.id,
            spec=spec.id,
        )
    if not spec.name.strip():
        raise PluginError("The {kind} {spec} needs a name.", kind=kind.id, spec=spec.id)
    if kind.callback.isidentifier() and not callable(getattr(spec, kind.callback)):
        raise PluginError(
            "The {callback} of the {kind} {spec} must be a function.",
            callback=kind.callback,
            kind=kind.id,
            spec=spec.id,
        )
    check_parameters(f"{kind.id} {spec.id}", getattr(spec, "parameters", ()))
    kind.check(spec)


def unique(owners: Mapping[str, str], contributions: Collection[Contribution]) -> None:
    """`PluginError` when one of ``contributions`` has a label that ``owners`` (label to plugin name) holds."""
    for contribution in contributions:
        owner = owners.get(contribution.label)
        if owner is not None:
            raise PluginError(
                "It adds the {label}, which the plugin {owner} adds already.",
                "Switch one of the two off, or give it another id.",
                label=contribution.label,
                owner=owner,
            )
