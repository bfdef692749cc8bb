"""Asks the same questions of small and large bases, side by side in one run."""

import argparse
import os
import random
import secrets
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from trainingbase.app import create_app
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.people.models import Grant, Person
from trainingbase.programmes.models import Programme
from trainingbase.roles import Role
from trainingbase.search.hits import found

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红建国"
TYPED = ("wxm", "张伟", "zhang", "7123", "nobody")
TODAY = date(2026, 11, 22)
ROUNDS = 15


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[200, 2000, 20000])
    sizes = parser.parse_args().people
    bases = [(size, base_of(size)) for size in sizes]
    print(f"{'':24}" + "".join(f"{size:>12,}" for size in sizes) + "   times the first")
    for name, question in QUESTIONS.items():
        taken: dict[int, list[float]] = {size: [] for size in sizes}
        for _round in range(ROUNDS):
            for size, (app, office_id) in bases:  # in turn: the machine's moods reach all alike
                taken[size].append(seconds(app, office_id, question))
        middle = [statistics.median(taken[size]) * 1000 for size in sizes]
        print(f"{name:24}" + "".join(f"{one:10.1f}ms" for one in middle), end="   ")
        print("  ".join(f"{one / middle[0]:.1f}" for one in middle))


def base_of(size: int):
    """A portal with so many residents, and the id of somebody of its office."""
    folder = tempfile.mkdtemp()
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/base.sqlite"
    app = create_app(DATABASE_URL=url, SECRET_KEY=secrets.token_hex(), TESTING=True)
    chance = random.Random(size)  # noqa: S311 (the same names in every run)
    with app.app_context():
        db.create_all()
        programme = Programme(code="GP33", name="GP 33", months=Decimal(33))
        cohort = Cohort(year=2026, programme=programme, name="2026", name_en="2026")
        db.session.add_all([programme, cohort])
        for number in range(size):
            name = chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)
            db.session.add(
                Resident(
                    person=Person(name=name),
                    cohort=cohort,
                    programme=programme,
                    id_number=f"{number:018d}",
                    sex="女",
                )
            )
        grant = Grant(role=Role.OFFICE, granted_at=datetime.now(UTC))
        office = Person(name="Office", grants=[grant])
        db.session.add(office)
        db.session.commit()
        return app, office.id


def seconds(app, office_id: int, question) -> float:
    with context(app):
        office = db.session.get_one(Person, office_id)
        begun = time.process_time()
        question(office)
        return time.process_time() - begun


@contextmanager
def context(app):
    with app.test_request_context("/"):
        yield
        db.session.remove()


def search(office: Person) -> None:
    for text in TYPED:
        found(office, text, today=TODAY)


QUESTIONS = {"five searches": search}

if __name__ == "__main__":
    main()
