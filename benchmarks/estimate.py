"""The bars of the estimator.

The long runs (``estimate_sbc``, ``estimate_nuts`` and ``estimate_speed`` on their larger sizes) keep their
results, and go on where they stopped; here they are gathered.
"""

from benchmarks import estimate_gold, estimate_nuts, estimate_plots, estimate_sbc, estimate_speed
from benchmarks.rows import show, write


def main() -> None:
    """Run what takes minutes, gather the rest."""
    estimate_sbc.run("small", 500)
    if not estimate_nuts.kept("small", 0).exists():
        estimate_nuts.main("small", 0)
    estimate_speed.main("target")
    rows = [
        *(row for name in ("small", "target") for row in estimate_sbc.rows(name)),
        *(row for name in ("small", "target") for row in estimate_nuts.rows(name)),
        *(row for name in ("target", "large") for row in estimate_speed.rows(name)),
        *estimate_gold.rows(),
    ]
    show(rows)
    print(write("estimate", rows))
    estimate_plots.main()


if __name__ == "__main__":
    main()
