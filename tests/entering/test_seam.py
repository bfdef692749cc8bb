"""What other parts of the portal ask about arrivals."""

from datetime import UTC, date, datetime

from tests.cast import add
from trainingbase.entering.models import Arrival
from trainingbase.entering.queries import arrival_of, records_of

AT = datetime(2026, 11, 3, 1, tzinfo=UTC)


def test_only_those_who_came_have_an_arrival(placed, county, alice_resident, bob_resident, office):
    there = placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1))
    missed = placed(bob_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1))
    ahead = placed(alice_resident, county.surgery, date(2027, 1, 1), date(2027, 2, 1))
    add(
        Arrival(
            placement=there,
            arrived_on=date(2026, 11, 2),
            confirmed_at=AT,
            confirmed_by_id=office.id,
        )
    )
    add(Arrival(placement=missed, missed_because="sick", missed_at=AT, missed_by_id=office.id))
    ids = [there.id, missed.id, ahead.id]
    assert {key: one.arrived_on for key, one in arrival_of(ids).items()} == {
        there.id: date(2026, 11, 2)
    }
    assert set(records_of(ids)) == {there.id, missed.id}
