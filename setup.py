"""Compiles the kernels; puts plugins/, resources/ and the changes into the built package, and the project's address
into its description.

Everything else is in pyproject.toml.
"""

from __future__ import annotations

import re
import runpy
import shutil
from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
BUNDLED = ("plugins", "resources")
KERNELS = Path("studio", "raster", "kernels")


class BuildWithBundled(build_py):
    """Copies the bundled folders to studio/_bundled, where `studio.paths` finds them once installed."""

    def run(self) -> None:
        super().run()
        compiler = runpy.run_path(str(ROOT / KERNELS / "build.py"))
        if self.editable_mode:
            if not compiler["is_built"](ROOT / KERNELS):
                compiler["build"](ROOT / KERNELS)
            return
        compiler["build"](Path(self.build_lib) / KERNELS)
        for name in BUNDLED:
            target = Path(self.build_lib) / "studio" / "_bundled" / name
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy2(ROOT / "CHANGELOG.md", Path(self.build_lib) / "studio" / "_bundled" / "CHANGELOG.md")


class Compiled(Distribution):
    """Holds libraries, and so is made for one system."""

    def has_ext_modules(self) -> bool:
        return True


class WheelForAnyPython(bdist_wheel):
    """The libraries know nothing of Python: one wheel a system serves every version."""

    def get_tag(self) -> tuple[str, str, str]:
        return "py3", "none", super().get_tag()[2]


def homepage() -> str:
    """The address that `studio` names; importing it would need what is not installed yet."""
    source = (ROOT / "studio" / "__init__.py").read_text(encoding="utf-8")
    (address,) = re.findall(r'^HOMEPAGE = "(.+)"$', source, re.MULTILINE)
    return address


setup(
    cmdclass={"build_py": BuildWithBundled, "bdist_wheel": WheelForAnyPython},
    distclass=Compiled,
    project_urls={
        "Homepage": homepage(),
        "Changelog": f"{homepage()}/changelog",
        "Issues": f"{homepage()}/issues",
    },
)
