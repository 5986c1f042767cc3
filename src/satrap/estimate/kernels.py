"""Compiled passes over the weeks: forward (covariances), backward (what later claims add), and means.

In orthonormal contrasts the prior's transition is diagonal, so that in *covariance* form a week costs n² (n:
slots in use) where eliminating a block of a precision matrix costs n³; a claim costs n² too, in chunks that
go through matrix products. With S = diag(1/τ), A = H P, Φ = A Hᵀ:

    X = (Φ + S)⁻¹ = τ^½ (I + τ^½ Φ τ^½)⁻¹ τ^½         never divides by τ, which may be zero
    P ← P − Aᵀ X A                                     forward
    N ← (I − Aᵀ X H)ᵀ N (I − Aᵀ X H) + Hᵀ X H          backward, from N = 0 after the last week

N is the information that later claims have on the week's state (de Jong 1989, JASA 84, 1085–1088). Given all
claims, a chunk's functionals have the variances diag(Φ Z) − diag(Zᵀ A N Aᵀ Z) with Z = I − X Φ, and the state
of a week has the covariance P − P N P. All arrays are flat and sized by the plan.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

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
def _carry_over(old: Array, before: int, new: Array, after: int, base: int, phi: Array) -> None:
    """Copy a before × before matrix into an after × after one, scaled by the transition; what is new is 0."""
    kept = min(before, after)
    for i in range(after):
        if i < kept:
            left = phi[i] if i < base else 1.0
            for j in range(base):
                new[i, j] = left * phi[j] * old[i, j]
            for j in range(base, kept):
                new[i, j] = left * old[i, j]
            for j in range(kept, after):
                new[i, j] = 0.0
        else:
            for j in range(after):
                new[i, j] = 0.0


@njit(cache=True, nogil=True)
def _clear(P: Array, slot: int, variance: float) -> None:
    for j in range(len(P)):
        P[slot, j] = 0.0
        P[j, slot] = 0.0
    P[slot, slot] = variance


@njit(cache=True, nogil=True)
def _grow(P: Array, slot: int, new: bool, slots: Index, values: Array) -> None:
    """A carried sum grows by values · state[slots], in the covariance P."""
    if new:
        _clear(P, slot, 0.0)
    row = np.zeros(len(P))
    for at in range(len(slots)):
        for j in range(len(P)):
            row[j] += values[at] * P[slots[at], j]
    square = P[slot, slot] + 2 * row[slot]
    for at in range(len(slots)):
        square += values[at] * row[slots[at]]
    for j in range(len(P)):
        P[slot, j] += row[j]
        P[j, slot] = P[slot, j]
    P[slot, slot] = square


@njit(cache=True, nogil=True)
def _shrink(N: Array, slot: int, new: bool, slots: Index, values: Array) -> None:
    """The adjoint of ``_grow`` in the information N."""
    row = N[slot].copy()
    corner = N[slot, slot]
    for at in range(len(slots)):
        i = slots[at]
        for j in range(len(N)):
            N[i, j] += values[at] * row[j]
    for at in range(len(slots)):
        i = slots[at]
        for j in range(len(N)):
            N[j, i] += values[at] * row[j]
    for at in range(len(slots)):
        for other in range(len(slots)):
            N[slots[at], slots[other]] += values[at] * values[other] * corner
    if new:
        _clear(N, slot, 0.0)


@njit(cache=True, nogil=True)
def _products(P: Array, first: int, last: int, rows: Index, slots: Index, values: Array, A: Array) -> None:
    """A = H P for the claims first … last − 1."""
    for k in range(first, last):
        line = A[k - first]
        line[:] = 0.0
        for at in range(rows[k], rows[k + 1]):
            value, other = values[at], P[slots[at]]
            for j in range(len(P)):
                line[j] += value * other[j]


@njit(cache=True, nogil=True)
def forward(
    plan: Plan, values: Array, tau: Array, extra: Array, start: Array, phi: Array, shock: Array, kept: Kept
) -> float:
    """Take in all claims at site precisions ``tau`` and fill ``kept``; returns log |I + τ^½ K τ^½|.

    ``values`` are the plan's with their sizes; ``extra`` the variance of errors that no other claim shares;
    ``start``, ``phi`` and ``shock`` the state's first variance, autoregression and weekly variance.
    """
    base, weeks, sizes, rows = plan.base, len(plan.sizes), plan.sizes, plan.rows
    largest = sizes.max()
    one, two = np.zeros(largest * largest), np.zeros(largest * largest)
    log_det = 0.0
    for t in range(weeks):
        n = sizes[t]
        P = two[: n * n].reshape(n, n)
        if t == 0:
            P[:] = 0.0
            for i in range(base):
                P[i, i] = start[i]
        else:
            before = sizes[t - 1]
            _carry_over(one[: before * before].reshape(before, before), before, P, n, base, phi)
            for i in range(base):
                P[i, i] += shock[i]
        one, two = two, one
        for step in range(plan.week_steps[t], plan.week_steps[t + 1]):
            a, b = plan.step_rows[step], plan.step_rows[step + 1]
            _grow(P, plan.step_slot[step], plan.step_new[step], plan.step_slots[a:b], plan.step_values[a:b])
        for at in range(plan.week_fresh[t], plan.week_fresh[t + 1]):
            _clear(P, plan.fresh[at], 1.0)
        for c in range(plan.week_chunks[t], plan.week_chunks[t + 1]):
            first, last = plan.chunks[c], plan.chunks[c + 1]
            m = last - first
            A = kept.A[kept.A_at[c] : kept.A_at[c + 1]].reshape(m, n)
            _products(P, first, last, rows, plan.slots, values, A)
            Phi = np.zeros((m, m))
            for k in range(m):
                for at in range(rows[first + k], rows[first + k + 1]):
                    for j in range(m):
                        Phi[j, k] += values[at] * A[j, plan.slots[at]]
                Phi[k, k] += extra[first + k]
            root = np.sqrt(tau[first:last])
            M = np.eye(m)
            for j in range(m):
                for k in range(m):
                    M[j, k] += root[j] * 0.5 * (Phi[j, k] + Phi[k, j]) * root[k]
            L = np.linalg.cholesky(M)
            inverse = np.zeros((m, m))  # L⁻¹ τ^½
            for k in range(m):
                log_det += 2 * np.log(L[k, k])
                inverse[k, k] = root[k]
                for j in range(k):
                    for i in range(m):
                        inverse[k, i] -= L[k, j] * inverse[j, i]
                for i in range(m):
                    inverse[k, i] /= L[k, k]
            W = np.dot(inverse, A)
            if m > 3:
                change = np.dot(W.T, W)
                for i in range(n):
                    for j in range(n):
                        P[i, j] -= change[i, j]
            else:
                for k in range(m):
                    line = W[k]
                    for i in range(n):
                        value = line[i]
                        for j in range(n):
                            P[i, j] -= value * line[j]
            kept.X[kept.X_at[c] : kept.X_at[c + 1]] = np.dot(inverse.T, inverse).ravel()
            kept.Phi[kept.X_at[c] : kept.X_at[c + 1]] = Phi.ravel()
        if len(kept.states) > 0:
            kept.states[t, : base * n] = P[:base].copy().ravel()
    return log_det


@njit(cache=True, nogil=True)
def backward(
    plan: Plan, values: Array, phi: Array, kept: Kept, variance: Array, contrasts: Array, offices: Array
) -> None:
    """Fill ``variance`` (J,) with that of each claim's functional given all claims, in the plan's order, and,
    where the forward pass kept states, ``offices`` (T, P, I) with that of every z; ``contrasts`` (I, I − 1).
    """
    base, weeks, sizes, rows = plan.base, len(plan.sizes), plan.sizes, plan.rows
    largest = sizes.max()
    one, two = np.zeros(largest * largest), np.zeros(largest * largest)
    for t in range(weeks - 1, -1, -1):
        n = sizes[t]
        N = two[: n * n].reshape(n, n)
        if t == weeks - 1:
            N[:] = 0.0
        else:
            after = sizes[t + 1]
            _carry_over(one[: after * after].reshape(after, after), after, N, n, base, phi)
        one, two = two, one
        if len(kept.states) > 0:
            P = kept.states[t, : base * n].reshape(base, n)
            state = P[:, :base].copy() - np.dot(np.dot(P, N), P.T)
            _offices(state, contrasts, offices[t])
        for c in range(plan.week_chunks[t + 1] - 1, plan.week_chunks[t] - 1, -1):
            first, last = plan.chunks[c], plan.chunks[c + 1]
            m = last - first
            A = kept.A[kept.A_at[c] : kept.A_at[c + 1]].reshape(m, n)
            X = kept.X[kept.X_at[c] : kept.X_at[c + 1]].reshape(m, m)
            Phi = kept.Phi[kept.X_at[c] : kept.X_at[c + 1]].reshape(m, m)
            Z = np.eye(m) - np.dot(X, Phi)
            U = np.dot(A, N)  # N is symmetric: U = (N Aᵀ)ᵀ
            Q = np.dot(U, A.T)
            QZ, PhiZ = np.dot(Q, Z), np.dot(Phi, Z)
            for k in range(m):
                left = PhiZ[k, k]
                for j in range(m):
                    left -= Z[j, k] * QZ[j, k]
                variance[first + k] = left
            G = np.dot(X, U)
            R = 0.5 * (np.dot(np.dot(X, Q), X) + X)
            for j in range(m):  # G ← X U − ½ (X Q X + X) H
                for k in range(m):
                    for at in range(rows[first + k], rows[first + k + 1]):
                        G[j, plan.slots[at]] -= R[j, k] * values[at]
            for k in range(m):  # N ← N − Hᵀ G − Gᵀ H
                line = G[k]
                for at in range(rows[first + k], rows[first + k + 1]):
                    i, value = plan.slots[at], values[at]
                    for j in range(n):
                        N[i, j] -= value * line[j]
                    for j in range(n):
                        N[j, i] -= value * line[j]
        for at in range(plan.week_fresh[t], plan.week_fresh[t + 1]):
            _clear(N, plan.fresh[at], 0.0)
        for step in range(plan.week_steps[t + 1] - 1, plan.week_steps[t] - 1, -1):
            a, b = plan.step_rows[step], plan.step_rows[step + 1]
            _shrink(N, plan.step_slot[step], plan.step_new[step], plan.step_slots[a:b], plan.step_values[a:b])


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


@njit(cache=True, nogil=True)
def means(plan: Plan, values: Array, tau: Array, nu: Array, phi: Array, kept: Kept) -> Array:
    """Means (J, R) of functionals given R sets of precision-weighted observations, in the plan's order."""
    base, weeks, sizes, rows = plan.base, len(plan.sizes), plan.sizes, plan.rows
    width = nu.shape[1]
    x, r = np.zeros((sizes.max(), width)), np.zeros((sizes.max(), width))
    out, pulls = np.empty_like(nu), np.empty_like(nu)
    for t in range(weeks):
        if t > 0:
            for i in range(base):
                x[i] *= phi[i]
        for step in range(plan.week_steps[t], plan.week_steps[t + 1]):
            if plan.step_new[step]:
                x[plan.step_slot[step]] = 0.0
            for at in range(plan.step_rows[step], plan.step_rows[step + 1]):
                x[plan.step_slot[step]] += plan.step_values[at] * x[plan.step_slots[at]]
        for at in range(plan.week_fresh[t], plan.week_fresh[t + 1]):
            x[plan.fresh[at]] = 0.0
        for c in range(plan.week_chunks[t], plan.week_chunks[t + 1]):
            first, last, n = plan.chunks[c], plan.chunks[c + 1], sizes[t]
            m = last - first
            mu = np.zeros((m, width))
            for k in range(m):
                for at in range(rows[first + k], rows[first + k + 1]):
                    mu[k] += values[at] * x[plan.slots[at]]
            error = np.empty((m, width))
            for k in range(m):
                error[k] = nu[first + k] - tau[first + k] * mu[k]
            Phi = kept.Phi[kept.X_at[c] : kept.X_at[c + 1]].reshape(m, m)
            X = kept.X[kept.X_at[c] : kept.X_at[c + 1]].reshape(m, m)
            pull = error - np.dot(X, np.dot(Phi, error))
            A = kept.A[kept.A_at[c] : kept.A_at[c + 1]].reshape(m, n)
            x[:n] += np.dot(A.T, pull)
            pulls[first:last] = pull
            out[first:last] = mu + np.dot(Phi, pull)
    for t in range(weeks - 1, -1, -1):
        if t < weeks - 1:
            for i in range(base):
                r[i] *= phi[i]
        for c in range(plan.week_chunks[t + 1] - 1, plan.week_chunks[t] - 1, -1):
            first, last, n = plan.chunks[c], plan.chunks[c + 1], sizes[t]
            m = last - first
            A = kept.A[kept.A_at[c] : kept.A_at[c + 1]].reshape(m, n)
            Phi = kept.Phi[kept.X_at[c] : kept.X_at[c + 1]].reshape(m, m)
            X = kept.X[kept.X_at[c] : kept.X_at[c + 1]].reshape(m, m)
            later = np.dot(A, r[:n])
            Xlater = np.dot(X, later)
            out[first:last] += later - np.dot(Phi, Xlater)
            push = pulls[first:last] - Xlater
            for k in range(m):
                for at in range(rows[first + k], rows[first + k + 1]):
                    r[plan.slots[at]] += values[at] * push[k]
        for at in range(plan.week_fresh[t], plan.week_fresh[t + 1]):
            r[plan.fresh[at]] = 0.0
        for step in range(plan.week_steps[t + 1] - 1, plan.week_steps[t] - 1, -1):
            for at in range(plan.step_rows[step], plan.step_rows[step + 1]):
                r[plan.step_slots[at]] += plan.step_values[at] * r[plan.step_slot[step]]
            if plan.step_new[step]:
                r[plan.step_slot[step]] = 0.0
    return out
