"""Styles in words: what is added to the prompts of a picture that is to look like a watercolour, say."""

from __future__ import annotations

from dataclasses import dataclass

PLACE = "{prompt}"
"""Where a person's own words stand in a style's prompt."""


@dataclass(frozen=True, kw_only=True)
class PromptStyleSpec:
    """A style, offered beside the prompt and by ``--style`` on the command line.

    ``prompt`` holds the style's words and "{prompt}" once, where those of the person go: "a watercolour of {prompt}".
    ``negative_prompt`` is put behind what the person does not want to see. The words are written into the prompts
    before the picture is asked for, so they can be read and changed, and are stored with the picture.
    """

    id: str
    name: str
    prompt: str
    negative_prompt: str = ""
    description: str = ""

    @property
    def place(self) -> int:
        """How many characters stand before the person's own words."""
        return self.prompt.index(PLACE)

    def is_in(self, prompt: str) -> bool:
        """Whether a prompt has the words of this style around or beside it."""
        before, _, after = self.prompt.partition(PLACE)
        has_room = len(prompt) >= len(before) + len(after)
        return has_room and prompt.startswith(before) and prompt.endswith(after)

    def added_to(self, prompt: str, negative_prompt: str) -> tuple[str, str]:
        """Both prompts with this style."""
        negatives = (text for text in (negative_prompt, self.negative_prompt) if text.strip())
        return self.prompt.replace(PLACE, prompt), ", ".join(negatives)

    def taken_from(self, prompt: str, negative_prompt: str) -> tuple[str, str]:
        """Both prompts without the words of this style, which `is_in` the first."""
        before, _, after = self.prompt.partition(PLACE)
        plain = prompt.removeprefix(before).removesuffix(after)
        if not self.negative_prompt:
            return plain, negative_prompt
        return plain, negative_prompt.removesuffix(self.negative_prompt).removesuffix(", ")
