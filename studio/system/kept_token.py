"""A secret of a person, such as an API token, in a file of its own that nobody else may read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studio.system.private_files import make_private_file, make_private_folder

_LONGEST: Final = 1000


@dataclass(frozen=True)
class KeptToken:
    """A token in the file ``path``."""

    path: Path

    def read(self) -> str:
        """The token; "" where there is none or it cannot be read."""
        try:
            token = self.path.read_text("utf-8-sig")[:_LONGEST].strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return token if token.isascii() and token.isprintable() else ""

    def write(self, token: str) -> None:
        """Keep a token; "" forgets the one that is there. Raises ``OSError``."""
        if not token.strip():
            self.path.unlink(missing_ok=True)
            return
        make_private_folder(self.path.parent)
        aside = self.path.with_name(f"{self.path.name}.part")
        aside.unlink(missing_ok=True)
        make_private_file(aside)
        aside.write_text(token.strip(), "utf-8")
        aside.replace(self.path)
