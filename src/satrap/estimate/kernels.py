"""Compiled passes over the weeks: forward (covariances) and backward (what later claims add).

In orthonormal contrasts the prior's transition is diagonal, so that in *covariance* form a week costs n² (n:
slots in use) where eliminating a block of a precision matrix costs n³; a claim costs n² too, a week's claims
together in matrix products. With S = diag(1/τ), A = H P, Φ = A Hᵀ:

    X = (Φ + S)⁻¹ = τ^½ (I + τ^½ Φ τ^½)⁻¹ τ^½         never divides by τ, which may be zero
    P ← P − Aᵀ X A                                     forward
    N ← (I − Aᵀ X H)ᵀ N (I − Aᵀ X H) + Hᵀ X H          backward, from N = 0 after the last week

N is the information that later claims have on the week's state (de Jong 1989, JASA 84, 1085–1088). Given all
claims, a chunk's functionals have the variances diag(Φ Z) − diag(Zᵀ A N Aᵀ Z) with Z = I − X Φ, and the state
of a week has the covariance P − P N P. P and N stay in one buffer from the first week to the last, in their
upper triangles; all other arrays are flat and sized by the plan.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from satrap.estimate.blas import clear, downdate, gather, scatter, times
from satrap.estimate.plan import Plan

Array = NDArray[np.float64]
Index = NDArray[np.int64]


class Kept(NamedTuple):
    """What the forward pass leaves for the others: of chunk c, A from A_at[c], and X and Φ from X_at[c] on;
    ``states`` (T, base · largest size) the state's rows of P after each week's claims, if it has rows."""

    A: Array
    A_at: Index
    X: Array
    Phi: Array
    X_at: Index
    states: Array


@njit(cache=True, nogil=True)
def _pass(P: Array, n: int, base: int, phi: Array) -> None:
    """The state's rows and columns scaled by its autoregression."""
    for i in range(base):
        for j in range(i, base):
            P[i, j] *= phi[i] * phi[j]
        for j in range(base, n):
            P[i, j] *= phi[i]


@njit(cache=True, nogil=True)
def _grow(P: Array, n: int, slot: int, new: bool, slots: Index, values: Array) -> None:
    """A carried sum grows by values · state[slots], in the covariance P."""
    if new:
        clear(P, n, slot, 0.0)
    row = np.zeros(n)
    for at in range(len(slots)):
        i, value = slots[at], values[at]
        for j in range(i):
            row[j] += value * P[j, i]
        for j in range(i, n):
            row[j] += value * P[i, j]
    square = P[slot, slot] + 2 * row[slot]
    for at in range(len(slots)):
        square += values[at] * row[slots[at]]
    for j in range(slot):
        P[j, slot] += row[j]
    for j in range(slot, n):
        P[slot, j] += row[j]
    P[slot, slot] = square


@njit(cache=True, nogil=True)
def _shrink(N: Array, n: int, slot: int, new: bool, slots: Index, values: Array) -> None:
    """The adjoint of ``_grow`` in the information N."""
    row, corner = np.empty(n), N[slot, slot]
    for j in range(slot):
        row[j] = N[j, slot]
    for j in range(slot, n):
        row[j] = N[slot, j]
    for at in range(len(slots)):
        i, value = slots[at], values[at]
        for j in range(i, n):
            N[i, j] += value * row[j]
        for j in range(i + 1):
            N[j, i] += value * row[j]
        for other in range(len(slots)):
            if slots[other] >= i:
                N[i, slots[other]] += value * values[other] * corner
    if new:
        clear(N, n, slot, 0.0)


@njit(cache=True, nogil=True)
def _conditioned(Phi: Array, root: Array, inverse: Array) -> float:
    """Fill ``inverse`` with L⁻¹ τ^½, where L Lᵀ = I + τ^½ Φ τ^½; returns log of its determinant."""
    m = len(root)
    M = np.eye(m)
    for j in range(m):
        for k in range(m):
            M[j, k] += root[j] * Phi[j, k] * root[k]
    L = np.linalg.cholesky(M)
    log_det = 0.0
    inverse[:] = 0.0
    for k in range(m):
        log_det += 2 * np.log(L[k, k])
        inverse[k, k] = root[k]
        for j in range(k):
            for i in range(j + 1):
                inverse[k, i] -= L[k, j] * inverse[j, i]
        for i in range(k + 1):
            inverse[k, i] /= L[k, k]
    return log_det


@njit(cache=True, nogil=True)
def forward(
    plan: Plan, values: Array, tau: Array, extra: Array, start: Array, phi: Array, shock: Array, kept: Kept
) -> float:
    """Take in all claims at site precisions ``tau`` and fill ``kept``; returns log |I + τ^½ K τ^½|.

    ``values`` are the plan's with their sizes; ``extra`` the covariances of errors within a chunk; ``start``,
    ``phi`` and ``shock`` the state's first variance, autoregression and weekly variance.
    """
    base, weeks, sizes, rows = plan.base, len(plan.sizes), plan.sizes, plan.rows
    P = np.zeros((sizes.max(), sizes.max()))
    state = np.arange(base)
    log_det = 0.0
    for t in range(weeks):
        n = sizes[t]
        if t > 0:
            _pass(P, n, base, phi)
            for slot in range(sizes[t - 1], n):  # what is there stopped being updated when it was last let go
                clear(P, n, slot, 0.0)
        for i in range(base):
            P[i, i] += start[i] if t == 0 else shock[i]
        for step in range(plan.week_steps[t], plan.week_steps[t + 1]):
            a, b = plan.step_rows[step], plan.step_rows[step + 1]
            _grow(
                P, n, plan.step_slot[step], plan.step_new[step], plan.step_slots[a:b], plan.step_values[a:b]
            )
        for at in range(plan.week_fresh[t], plan.week_fresh[t + 1]):
            clear(P, n, plan.fresh[at], 1.0)
        for c in range(plan.week_chunks[t], plan.week_chunks[t + 1]):
            first, last = plan.chunks[c], plan.chunks[c + 1]
            m = last - first
            A = kept.A[kept.A_at[c] : kept.A_at[c + 1]].reshape(m, n)
            Phi = kept.Phi[kept.X_at[c] : kept.X_at[c + 1]].reshape(m, m)
            used = plan.used[plan.chunk_used[c] : plan.chunk_used[c + 1]]
            R = np.empty((len(used), n))
            gather(P, n, used, R)
            A[:] = 0.0
            for k in range(m):
                line = A[k]
                for at in range(rows[first + k], rows[first + k + 1]):
                    value, other = values[at], R[plan.local[at]]
                    for j in range(n):
                        line[j] += value * other[j]
                for other_k in range(k + 1):
                    total = 0.0
                    for at in range(rows[first + other_k], rows[first + other_k + 1]):
                        total += values[at] * line[plan.slots[at]]
                    Phi[k, other_k] = total
                    Phi[other_k, k] = total
            for at in range(plan.chunk_pairs[c], plan.chunk_pairs[c + 1]):
                j, k = plan.pair_one[at] - first, plan.pair_other[at] - first
                Phi[j, k] += extra[at]
                if j != k:
                    Phi[k, j] += extra[at]
            inverse, W = np.empty((m, m)), np.empty((m, n))
            log_det += _conditioned(Phi, np.sqrt(tau[first:last]), inverse)
            np.dot(inverse, A, W)
            downdate(P, W)
            kept.X[kept.X_at[c] : kept.X_at[c + 1]] = np.dot(inverse.T, inverse).ravel()
        if len(kept.states) > 0:
            gather(P, n, state, kept.states[t, : base * n].reshape(base, n))
    return log_det


@njit(cache=True, nogil=True)
def backward(
    plan: Plan, values: Array, phi: Array, kept: Kept, variance: Array, contrasts: Array, offices: Array
) -> None:
    """Fill ``variance`` (J,) with that of each claim's functional given all claims, in the plan's order, and,
    where the forward pass kept states, ``offices`` (T, P, I) with that of every z; ``contrasts`` (I, I − 1).
    """
    base, weeks, sizes, rows = plan.base, len(plan.sizes), plan.sizes, plan.rows
    N = np.zeros((sizes.max(), sizes.max()))  # what is not carried in a week has no information there
    for t in range(weeks - 1, -1, -1):
        n = sizes[t]
        if t < weeks - 1:
            _pass(N, sizes[t + 1], base, phi)
        if len(kept.states) > 0:
            P = kept.states[t, : base * n].reshape(base, n)
            PN = np.empty((base, n))
            times(P, N, PN)
            _offices(P[:, :base].copy() - np.dot(PN, P.T), contrasts, offices[t])
        for c in range(plan.week_chunks[t + 1] - 1, plan.week_chunks[t] - 1, -1):
            first, last = plan.chunks[c], plan.chunks[c + 1]
            m = last - first
            A = kept.A[kept.A_at[c] : kept.A_at[c + 1]].reshape(m, n)
            X = kept.X[kept.X_at[c] : kept.X_at[c + 1]].reshape(m, m)
            Phi = kept.Phi[kept.X_at[c] : kept.X_at[c + 1]].reshape(m, m)
            Z = np.eye(m) - np.dot(X, Phi)
            U = np.empty((m, n))
            times(A, N, U)
            Q = np.dot(U, A.T)
            QZ, PhiZ = np.dot(Q, Z), np.dot(Phi, Z)
            for k in range(m):
                left = PhiZ[k, k]
                for j in range(m):
                    left -= Z[j, k] * QZ[j, k]
                variance[first + k] = left
            G = np.dot(X, U)
            R = 0.5 * (np.dot(np.dot(X, Q), X) + X)
            used = plan.used[plan.chunk_used[c] : plan.chunk_used[c + 1]]
            B = np.zeros((len(used), n))
            for k in range(m):  # G ← X U − ½ (X Q X + X) H, and B = Hᵀ G in the rows that H uses
                for at in range(rows[first + k], rows[first + k + 1]):
                    for j in range(m):
                        G[j, plan.slots[at]] -= R[j, k] * values[at]
            for k in range(m):
                line = G[k]
                for at in range(rows[first + k], rows[first + k + 1]):
                    value, other = values[at], B[plan.local[at]]
                    for j in range(n):
                        other[j] += value * line[j]
            scatter(N, n, used, B)
        for at in range(plan.week_fresh[t], plan.week_fresh[t + 1]):
            clear(N, n, plan.fresh[at], 0.0)
        for step in range(plan.week_steps[t + 1] - 1, plan.week_steps[t] - 1, -1):
            a, b = plan.step_rows[step], plan.step_rows[step + 1]
            _shrink(
                N, n, plan.step_slot[step], plan.step_new[step], plan.step_slots[a:b], plan.step_values[a:b]
            )


@njit(cache=True, nogil=True)
def _offices(state: Array, contrasts: Array, out: Array) -> None:
    """Variance of every office's z = contrasts · (national + place's own), (P, I), from the state's."""
    places, institutions = out.shape
    span = contrasts.shape[1]
    for p in range(places):
        at = (p + 1) * span
        for i in range(institutions):
            total = 0.0
            for a in range(span):
                for b in range(span):
                    both = state[a, b] + state[at + a, b] + state[a, at + b] + state[at + a, at + b]
                    total += contrasts[i, a] * contrasts[i, b] * both
            out[p, i] = total
