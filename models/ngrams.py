"""Words that look alike share what is learnt: vectors of character n-grams.

During training a token's vector is its own plus those of the n-grams in it
(Bojanowski et al. 2017), so that "besparelserne" learns from "besparelse" and
"kommunal" from "communal". Afterwards the sum is stored as one vector.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import torch
from torch import Tensor

LENGTHS = (4, 5)
SEEN_IN = 4  # tokens an n-gram must occur in


class NGrams(torch.nn.Module):
    """A parametrization of an embedding's weight: tokens' own vectors plus their n-grams'.

    `lengths` (tokens, 1) are the lengths the vectors should start with.
    """

    def __init__(self, tokens: list[str], lengths: Tensor, dimensions: int) -> None:
        super().__init__()
        grams = [_grams(token) for token in tokens]
        seen = Counter(gram for each in grams for gram in set(each))
        number = {gram: n for n, gram in enumerate(g for g, c in seen.items() if c >= SEEN_IN)}
        rows, columns, values = [], [], []
        for row, each in enumerate(grams):
            known = [number[gram] for gram in each if gram in number]
            rows += [row] * len(known)
            columns += known
            values += [max(1, len(known)) ** -0.5] * len(known)
        places = torch.tensor([rows, columns])
        scaled = torch.tensor(values) * lengths[places[0], 0]
        size = (len(tokens), len(number))
        holds = torch.sparse_coo_tensor(places, scaled, size, check_invariants=False).coalesce()
        self.register_buffer("holds", holds.to_sparse_csr())
        self.register_buffer("held_by", holds.t().coalesce().to_sparse_csr())
        self.vectors = torch.nn.Parameter(torch.randn(len(number), dimensions) / dimensions**0.5)

    def forward(self, own: Tensor) -> Tensor:
        """Return the tokens' vectors (tokens, dimensions)."""
        product: Tensor = _SparseProduct.apply(self.holds, self.held_by, self.vectors)
        return own + product


class _SparseProduct(torch.autograd.Function):
    """Sparse times dense, with the transpose kept: autograd's own way is far slower."""

    @staticmethod
    def forward(ctx: Any, holds: Tensor, held_by: Tensor, vectors: Tensor) -> Tensor:
        ctx.held_by = held_by
        return holds @ vectors

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[None, None, Tensor]:
        return None, None, ctx.held_by @ gradient


def _grams(token: str) -> list[str]:
    """Return the n-grams of a word, with its ends marked; of a number or short word none."""
    if len(token) < min(LENGTHS) or not token.isalpha():
        return []
    word = f"<{token}>"
    return [word[at : at + n] for n in LENGTHS for at in range(len(word) - n + 1)]
