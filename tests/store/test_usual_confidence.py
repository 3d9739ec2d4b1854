"""A site's usual confidence in the store, beside figures that the version before it kept."""

from __future__ import annotations

from newscrawl.monitoring.alarms import AlarmBounds, Tally, judge, read_tally
from newscrawl.store.runs import SiteFigures
from newscrawl.store.store import Store


def tally(confidence: float) -> Tally:
    made = Tally(program="1")
    for _ in range(30):
        made.add(["authors"], {"x/1": 1}, 99, confidence)
    return made


def test_confidence_is_kept_with_the_runs_and_older_runs_are_read_as_they_are(store: Store) -> None:
    former = {name: value for name, value in tally(0.9).figures().items() if name != "sure"}
    for figures in (former, tally(0.9).figures()):
        sites = {"a.example": SiteFigures(new=30, figures=figures)}
        store.runs.finish(store.runs.start("feed"), reason="finished", exit_code=0, figures={}, sites=sites)
    past = [read_tally(found.figures) for _, found in store.runs.history("a.example")]
    assert [one.sure[0] for one in past] == [30.0, 0.0]
    assert [one.articles for one in past] == [30, 30]
    assert [one.fields for one in past] == [{"authors": 30}] * 2
    assert [alarm.kind for alarm in judge(tally(0.5), past, AlarmBounds())] == ["confidence"]
    assert judge(tally(0.5), past[1:], AlarmBounds()) == []
