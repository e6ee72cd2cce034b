"""The language model, where one is configured: the one importer of LangChain's chat models.

RAADSVAR_LLM names it as `init_chat_model` does ("ollama:gemma3", "openai:gpt-…",
"azure_openai:…"); RAADSVAR_LLM_URL is the address of an OpenAI-compatible or
Ollama server of one's own. Each provider has its own extra to install.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rag.errors import ModelError
from rag.types import Text

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MODEL, URL = "RAADSVAR_LLM", "RAADSVAR_LLM_URL"
SILENCE = 30.0
"""Seconds without a word after which a model is given up."""
DEADLINE = 90.0
"""Seconds after which a model that still writes is given up."""
_LONGEST = 20_000  # characters; a model that runs on is stopped


class LanguageModel:
    """A chat model that writes; every failure of it is a ModelError."""

    def __init__(
        self,
        name: str,
        url: str | None = None,
        silence: float = SILENCE,
        deadline: float = DEADLINE,
    ) -> None:
        """Name the model and its server; it is opened when first asked. Times are in seconds."""
        self.name, self._url = name, url
        self._silence, self._deadline = silence, deadline

    @cached_property
    def _chat(self) -> BaseChatModel:
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = {"temperature": 0}
        if not self.name.startswith("ollama:"):
            options |= {"timeout": self._silence, "max_retries": 0}
        else:
            options |= {"client_kwargs": {"timeout": self._silence}}
        if self._url:
            options["base_url"] = self._url
            if self.name.startswith("openai:") and not os.environ.get("OPENAI_API_KEY"):
                options["api_key"] = "none"  # a server of one's own asks for none
        chat: BaseChatModel = init_chat_model(self.name, **options)
        return chat

    def write(self, instructions: str, request: str) -> Iterator[str]:
        """Yield the model's lines as each is finished; what is cut off is left out.

        A last line without a line break counts as finished where the model says
        that it has stopped. Raises ModelError.
        """
        rest, length, ended = "", 0, False
        for piece, last in self._pieces(instructions, request):
            ended = ended or last
            length += len(piece)
            *lines, rest = (rest + piece).split("\n")
            yield from lines
            if length > _LONGEST:
                raise self._error("den skriver uden ende", "it writes without end")
        if rest.strip() and ended:
            yield rest

    def _pieces(self, instructions: str, request: str) -> Iterator[tuple[str, bool]]:
        """Yield the pieces of text as they come, and whether the model ended there."""
        start = time.monotonic()
        try:
            stream = self._chat.stream([("system", instructions), ("human", request)])
            for chunk in stream:
                told = chunk.response_metadata
                reason = told.get("finish_reason") or told.get("done_reason")
                yield str(chunk.text), reason in ("stop", "STOP", "end_turn")
                if time.monotonic() - start > self._deadline:
                    raise TimeoutError(f"{self._deadline:.0f} s")
        except ModelError:
            raise
        except ImportError as error:
            extra = self.name.partition(":")[0]
            raise self._error(
                f"installér den med pip install 'raadsvar[{extra}]' ({error})",
                f"install it with pip install 'raadsvar[{extra}]' ({error})",
            ) from error
        except Exception as error:  # each provider has errors of its own
            cause = f"{type(error).__name__}: {str(error)[:200]}"
            raise self._error(cause, cause) from error

    def _error(self, da: str, en: str) -> ModelError:
        return ModelError(
            Text(
                f"Sprogmodellen {self.name} kan ikke bruges: {da}.",
                f"The language model {self.name} cannot be used: {en}.",
            )
        )


def configured() -> LanguageModel | None:
    """Return the model that the environment names, or None."""
    name = os.environ.get(MODEL, "").strip()
    return LanguageModel(name, os.environ.get(URL) or None) if name else None
