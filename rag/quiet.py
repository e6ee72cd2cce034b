"""Keeps the libraries to themselves: no usage statistics, no traces, no downloads.

Council questions may name people and cases, so nothing is sent anywhere, also
where the machine's environment asks for it.
"""

from __future__ import annotations

import os

_SILENCE = {
    "ANONYMIZED_TELEMETRY": "False",  # Chroma
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "",
    "DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime, which Chroma imports: writes an id under ~
    "OTEL_SDK_DISABLED": "true",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
}
# Models come from the disk; who wants one from the hub says so.
_DEFAULTS = {"HF_HUB_OFFLINE": "1"}


def quiet() -> None:
    """Turn off telemetry of every library. Call it before they are imported."""
    os.environ.update(_SILENCE)
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
