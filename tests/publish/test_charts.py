from collections.abc import Sequence
from datetime import date, timedelta

from satrap.publish.authority import Band
from satrap.publish.charts import dots, fan

DAYS = [date(2016, 1, 4) + timedelta(weeks=4 * at) for at in range(20)]


def flat(middle: float) -> Band:
    around: dict[int, tuple[Sequence[float], Sequence[float]]] = {
        level: ([middle - width] * len(DAYS), [middle + width] * len(DAYS))
        for level, width in ((50, 0.02), (80, 0.05), (95, 0.08))
    }
    return Band(DAYS, [middle] * len(DAYS), around)


def test_a_fan_takes_its_colours_from_the_page_and_names_itself() -> None:
    svg = fan(flat(0.2), top=0.4, marks=(DAYS[3],), beside=flat(0.3), label='the "fan" <of> shares')
    assert 'aria-label="the &quot;fan&quot; &lt;of&gt; shares"' in svg
    assert svg.count('fill="var(--series)"') == 3
    assert 'stroke="var(--other)"' in svg
    assert "#0" not in svg


def test_a_fan_refers_to_nothing_outside() -> None:
    svg = fan(flat(0.2), top=0.4)
    assert "http" not in svg
    assert "href" not in svg


def test_opacity_survives_the_rounding_of_coordinates() -> None:
    svg = fan(flat(0.2), top=0.4)
    assert all(f'opacity="{level}"' in svg for level in ("0.16", "0.22", "0.34"))


def test_a_dot_plot_has_a_dot_for_every_part_and_none_beyond_its_edges() -> None:
    svg = dots([-9.0, 0.0, 0.5, 9.0], low=-1, high=2, marks=(0.0,), label="ratio")
    assert svg.count('fill="var(--series)"') == 4


def test_the_same_chart_is_drawn_the_same() -> None:
    assert fan(flat(0.2), top=0.4) == fan(flat(0.2), top=0.4)
