import numpy as np

from satrap.estimate.blas import clear, downdate, gather, scatter, times

RNG = np.random.default_rng(0)
FULL = np.cov(RNG.standard_normal((9, 40)))
ROWS = np.array([1, 4, 5])


def _upper() -> np.ndarray:
    """The upper triangle of FULL in the corner of a larger buffer; what stands below is never read."""
    buffer = np.full((12, 12), np.nan)
    corner = np.triu_indices(9)
    buffer[corner] = FULL[corner]
    return buffer


def _whole(buffer: np.ndarray) -> np.ndarray:
    upper = np.triu(np.where(np.isnan(buffer[:9, :9]), 0.0, buffer[:9, :9]))
    return upper + np.triu(upper, 1).T


def test_products_are_those_of_the_whole_matrix() -> None:
    W, buffer = RNG.standard_normal((4, 9)), _upper()
    out = np.empty((4, 9))
    times(W, buffer, out)
    assert np.allclose(out, W @ FULL)
    downdate(buffer, W)
    assert np.allclose(_whole(buffer), FULL - W.T @ W)
    assert np.isnan(buffer[np.tril_indices(9, -1)]).all()
    assert np.isnan(buffer[9:]).all()


def test_rows_are_taken_from_both_sides_of_the_diagonal_and_put_back_there() -> None:
    buffer, out = _upper(), np.empty((3, 9))
    gather(buffer, 9, ROWS, out)
    assert np.array_equal(out, FULL[ROWS])
    B, E = RNG.standard_normal((3, 9)), np.eye(9)[:, ROWS]
    scatter(buffer, 9, ROWS, B)
    assert np.allclose(_whole(buffer), FULL - E @ B - B.T @ E.T)


def test_what_is_cleared_depends_on_nothing() -> None:
    buffer = _upper()
    clear(buffer, 9, 4, 2.0)
    assert np.array_equal(_whole(buffer)[4], 2.0 * np.eye(9)[4])
