"""How a plugin stands, for people to read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from studio.plugin_host.discovery import Candidate, Source
from studio.plugin_host.failures import LoadStep

Status = Literal["enabled", "disabled", "lacking", "refused", "failed"]
FailedStep = Literal["", LoadStep, "running"]


@dataclass(frozen=True, kw_only=True)
class PluginState:
    """How a plugin stands, for people to read.

    ``status`` is "enabled"; "disabled" by the person; "lacking" while an engine, Python packages or another plugin are
    not there; "refused" because it breaks a rule; "failed" because it raised while loading or too often while running.
    ``problem`` says why and what to do, ``failed_step`` which
    step it was ("manifest", "import", "hooks", "running"; empty if none), ``details`` is the traceback if there is
    one. ``is_remembered`` says that this was in an earlier run: the plugin has not changed since and was not imported
    in this one. ``adds`` lists what it adds, such as ``"scheduler ddim"``; ``uses``, ``needs`` and ``permissions`` are
    what it declares in plugin.toml. ``failures`` counts exceptions while running.
    ``requires`` are Python packages that it needs, ``missing`` those of them that are not there and can be installed.
    """

    id: str
    name: str
    version: str
    author: str
    path: Path | None
    source: Source
    status: Status
    description: str = ""
    uses: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    problem: str = ""
    failed_step: FailedStep = ""
    details: str = ""
    is_remembered: bool = False
    adds: tuple[str, ...] = ()
    failures: int = 0


def first_state(candidate: Candidate) -> PluginState:
    """A plugin that was found and not loaded."""
    manifest = candidate.manifest
    return PluginState(
        id=candidate.id,
        name=manifest.name if manifest else candidate.id,
        version=manifest.version if manifest else "",
        author=manifest.author if manifest else "",
        description=manifest.description if manifest else "",
        uses=manifest.uses if manifest else (),
        needs=manifest.needs if manifest else (),
        requires=manifest.requires if manifest else (),
        permissions=manifest.permissions if manifest else (),
        path=candidate.path,
        source=candidate.source,
        status="disabled",
    )
