# %% [markdown]
# # Who gained when state security lost? North Korea, 2017
#
# The steps of satrap as Python calls. Run it as a script, or cell by cell in an editor that knows `# %%`.

# %%
import tempfile
from datetime import date
from pathlib import Path

import polars as pl

import satrap
from satrap.simulate import Comparison, load_scenario

# %% A project: a folder with a country pack and an empty ledger.
folder = Path(tempfile.mkdtemp()) / "north-korea"
project = satrap.init(folder, country="kp")

# %% Read the bundled chronology: 191 short reports, each with its publisher and date.
summary = project.read_chronology()
print(f"{summary.read} reports, {summary.claims} claims, {summary.stories_joined} reports joined to a story")

# %% Every claim keeps its exact words and on whose word it stands.
transfers = [one for one in project.claims(as_of=date(2017, 12, 31)) if one.claim.kind == "transfer"]
for one in transfers:
    voices = " → ".join(voice.name or voice.kind.value for voice in one.claim.said_by)
    print(f"{one.published}  {voices}\n    {one.claim.quote.exact}")

# %% Authority by office and week, with bands.
estimate = project.estimate()
week = estimate.weeks.monday(estimate.weeks.at(date(2017, 6, 15)))
print(
    estimate.bands(place="KP-05")
    .filter(pl.col("week") == week)
    .select("institution_name", "share", "low_80", "high_80")
)

# %% What moved it, and what if one source is wrong?
change = estimate.change("MSS", None, date(2016, 12, 1), date(2017, 6, 15))
print(f"Ministry of State Security: {100 * change.mean:+.1f} points, P(fell) = {change.p_down:.0%}")
words = {one.id: one.claim.quote.exact for one in estimate.claims}
for part in estimate.why("MSS", None, date(2017, 6, 15), since=date(2016, 12, 1))[:5]:
    print(f"{100 * part.share:+.1f} points  {words[part.claim]}")
without = estimate.without(sources=["inside source@KP-05"])
again = without.change("MSS", None, date(2016, 12, 1), date(2017, 6, 15))
print(f"without the South Hwanghae insider: {100 * again.mean:+.1f} points, P(fell) = {again.p_down:.0%}")

# %% Futures from that state: what did the order do?
case = project.simulate(load_scenario("kp-2017"), start_from=estimate, runs=100, seed=1)
no_order = project.simulate(load_scenario("kp-2017-no-order"), start_from=estimate, runs=100, seed=1)
print(Comparison(no_order, case).at(week=130))

# %% The brief.
project.brief(folder / "brief.html", estimate=estimate, as_of=date(2017, 6, 15))
print(folder / "brief.html")
