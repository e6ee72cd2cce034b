"""Runs one function in this process: `python -m bench.apart MODULE FUNCTION JSON`."""

from __future__ import annotations

import json
import sys
from importlib import import_module

from bench.measure import peak_mb

if __name__ == "__main__":
    module, function, arguments = sys.argv[1:]
    result = getattr(import_module(module), function)(**json.loads(arguments))
    print(json.dumps({**result, "peak_mb": peak_mb()}))
