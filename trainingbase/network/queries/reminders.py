"""Who was reminded of what."""

from datetime import datetime

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.notices.models import Notice
from trainingbase.sites.models import Institution


def reminded_since(site: Institution, moment: datetime) -> bool:
    """Whether somebody was told since then that the agreement of this site ends."""
    return db.session.scalar(
        select(
            select(Notice.id)
            .where(
                Notice.kind == "agreement-ends",
                Notice.path == f"/sites/{site.id}/agreements",
                Notice.created_at >= moment,
            )
            .exists()
        )
    )
