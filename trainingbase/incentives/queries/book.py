"""The rates and the rules in force in a month."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from trainingbase.db import db
from trainingbase.incentives.models import Rate, Version
from trainingbase.incentives.rules import Book, Price, Terms


def prices_in(month_on: date) -> Sequence[Price]:
    """The rates in force on the first of the month; of two for the same thing the newer."""
    rows = db.session.scalars(
        select(Rate)
        .where(Rate.starts_on <= month_on, (Rate.ends_on.is_(None)) | (Rate.ends_on > month_on))
        .order_by(Rate.starts_on, Rate.id)
    )
    newest = {
        (r.kind, r.item, r.programme_kind, r.trainee_type, r.training_year, r.site_level, r.payee,
         r.condition): r
        for r in rows
    }  # fmt: skip
    return [
        Price(
            id=r.id, kind=r.kind, item=r.item, amount=r.amount, programme_kind=r.programme_kind,
            trainee_type=r.trainee_type, training_year=r.training_year, level=r.site_level,
            condition=r.condition, cap=r.monthly_cap, source_id=r.source_id,
        )
        for r in sorted(newest.values(), key=lambda rate: rate.id)
    ]  # fmt: skip


def versions_in(month_on: date) -> Sequence[Version]:
    """In force on the first of the month."""
    return db.session.scalars(
        select(Version)
        .join(Version.scheme)
        .where(
            Version.starts_on <= month_on,
            (Version.ends_on.is_(None)) | (Version.ends_on > month_on),
        )
        .options(contains_eager(Version.scheme))
        .order_by(Version.id)
    ).all()


def terms_of(version: Version) -> Terms:
    scheme = version.scheme
    return Terms(
        id=version.id, code=scheme.code, name=scheme.name, name_en=scheme.name_en,
        beneficiary=scheme.beneficiary, basis=version.basis, rates=version.rates,
        applies=version.applies, quantity=version.quantity, multiplier=version.multiplier,
        share=version.share, splits=tuple(version.splits), pay=version.pay,
        amount=version.amount, point_value=version.point_value, cap=version.cap,
        source_id=version.source_id,
    )  # fmt: skip


def book_of(month_on: date) -> Book:
    """Two statements."""
    rules = tuple(terms_of(one) for one in versions_in(month_on))
    return Book(rules, tuple(prices_in(month_on)))
