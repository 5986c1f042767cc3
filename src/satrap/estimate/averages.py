"""Means of the claims' functionals, with what the forward pass kept: forward and back over the weeks."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from satrap.estimate.kernels import Kept
from satrap.estimate.plan import Plan

Array = NDArray[np.float64]


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
