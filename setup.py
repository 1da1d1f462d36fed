"""Puts plugins/, resources/ and the changes into the built package, and the project's address into its description.

Everything else is in pyproject.toml.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
BUNDLED = ("plugins", "resources")


class BuildWithBundled(build_py):
    """Copies the bundled folders to studio/_bundled, where `studio.paths` finds them once installed."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for name in BUNDLED:
            target = Path(self.build_lib) / "studio" / "_bundled" / name
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy2(ROOT / "CHANGELOG.md", Path(self.build_lib) / "studio" / "_bundled" / "CHANGELOG.md")


def homepage() -> str:
    """The address that `studio` names; importing it would need what is not installed yet."""
    source = (ROOT / "studio" / "__init__.py").read_text(encoding="utf-8")
    (address,) = re.findall(r'^HOMEPAGE = "(.+)"$', source, re.MULTILINE)
    return address


setup(
    cmdclass={"build_py": BuildWithBundled},
    project_urls={
        "Homepage": homepage(),
        "Changelog": f"{homepage()}/changelog",
        "Issues": f"{homepage()}/issues",
    },
)
