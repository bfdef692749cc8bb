"""Every blueprint, in the order of the menu."""

from trainingbase.accounts.routes import accounts
from trainingbase.notices.routes import notices
from trainingbase.overview.routes import overview

BLUEPRINTS = (overview, accounts, notices)
