"""English names of the county's institutions and departments, which its workbooks do not have."""

import csv
from pathlib import Path

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.sites.models import Department, Institution, ShortName

FILE = Path(__file__).with_name("names_en.csv")


def put_english_names() -> None:
    institutions = {one.name: one for one in db.session.scalars(select(Institution))}
    departments = {
        (one.institution_id, one.name): one for one in db.session.scalars(select(Department))
    }
    shorts = {one.name: one for one in db.session.scalars(select(ShortName))}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            institution = institutions[row["institution"]]
            named = departments.get((institution.id, row["department"]), institution)
            named.name_en = row["name_en"]
            if row["short"] in shorts:
                shorts[row["short"]].name_en = row["short_en"]
    db.session.commit()
