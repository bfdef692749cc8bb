"""Training handbooks: issued ones, orders, and verifying one."""

from trainingbase.handbook.routes import issued, ordering, verifying  # noqa: F401
from trainingbase.handbook.routes.blueprint import handbook

__all__ = ["handbook"]
