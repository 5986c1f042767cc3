"""Products with symmetric matrices of which the upper triangle is kept, for compiled code.

They work in place inside a larger buffer, which NumPy's products cannot: at several hundred rows an update
through a temporary costs more in memory traffic than in arithmetic. The routines are those of SciPy's BLAS,
bound by name so that what is compiled can be cached. BLAS counts by columns: the upper triangle of a matrix
kept by rows is its lower one.
"""

from typing import Any

import numpy as np
from llvmlite import binding
from numba import njit, types
from numba.extending import get_cython_function_address
from numpy.typing import NDArray

Array = NDArray[np.float64]

_OF: Any = types  # which says nothing of its types
_COUNT, _VALUE, _LETTER = (_OF.CPointer(kind) for kind in (_OF.int32, _OF.float64, _OF.uint8))
for _name in ("dsyrk", "dsymm"):
    binding.add_symbol(f"satrap_{_name}", get_cython_function_address("scipy.linalg.cython_blas", _name))
_dsyrk: Any = _OF.ExternalFunction(
    "satrap_dsyrk",
    _OF.void(_LETTER, _LETTER, _COUNT, _COUNT, _VALUE, _VALUE, _COUNT, _VALUE, _VALUE, _COUNT),
)
_dsymm: Any = _OF.ExternalFunction(
    "satrap_dsymm",
    _OF.void(
        _LETTER, _LETTER, _COUNT, _COUNT, _VALUE, _VALUE, _COUNT, _VALUE, _COUNT, _VALUE, _VALUE, _COUNT
    ),
)


@njit(cache=True, nogil=True)
def downdate(P: Array, W: Array) -> None:
    """P ← P − Wᵀ W on the upper triangle of the first n rows and columns of P, W being (m, n)."""
    m, n = W.shape
    letters = np.array([76, 78], dtype=np.uint8)  # L, N
    counts = np.array([n, m, P.shape[1]], dtype=np.int32)
    factors = np.array([-1.0, 1.0])
    _dsyrk(
        letters.ctypes, letters[1:].ctypes, counts.ctypes, counts[1:].ctypes, factors.ctypes, W.ctypes,
        counts.ctypes, factors[1:].ctypes, P.ctypes, counts[2:].ctypes,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def times(A: Array, N: Array, out: Array) -> None:
    """out = A N, (m, n), where N is the symmetric matrix of the first n rows and columns."""
    m, n = A.shape
    letters = np.array([76, 76], dtype=np.uint8)  # from the left, L
    counts = np.array([n, m, N.shape[1]], dtype=np.int32)
    factors = np.array([1.0, 0.0])
    _dsymm(
        letters.ctypes, letters[1:].ctypes, counts.ctypes, counts[1:].ctypes, factors.ctypes, N.ctypes,
        counts[2:].ctypes, A.ctypes, counts.ctypes, factors[1:].ctypes, out.ctypes, counts.ctypes,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def gather(P: Array, n: int, rows: NDArray[np.int64], out: Array) -> None:
    """out (len(rows), n) = these rows, in ascending order, of the symmetric matrix."""
    for at in range(len(rows)):
        for j in range(rows[at], n):
            out[at, j] = P[rows[at], j]
    first = 0
    for j in range(n):
        while first < len(rows) and rows[first] <= j:
            first += 1
        for at in range(first, len(rows)):
            out[at, j] = P[j, rows[at]]


@njit(cache=True, nogil=True)
def scatter(N: Array, n: int, rows: NDArray[np.int64], B: Array) -> None:
    """N ← N − E B − Bᵀ Eᵀ, where B is (len(rows), n) and E puts its rows where they belong."""
    for at in range(len(rows)):
        for j in range(rows[at], n):
            N[rows[at], j] -= B[at, j]
    first = 0
    for j in range(n):
        while first < len(rows) and rows[first] < j:
            first += 1
        for at in range(first, len(rows)):
            N[j, rows[at]] -= B[at, j]


@njit(cache=True, nogil=True)
def clear(P: Array, n: int, slot: int, variance: float) -> None:
    """Row and column ``slot`` are 0 but for the diagonal."""
    for j in range(slot):
        P[j, slot] = 0.0
    for j in range(slot, n):
        P[slot, j] = 0.0
    P[slot, slot] = variance
