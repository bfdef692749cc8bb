"""The links in mails that stop them: signed with the portal's key, each for nothing else."""

from itsdangerous import BadSignature, URLSafeSerializer

REPORTS, GRADUATES = "stop-reports", "stop-graduates"


def token_of(secret: str, person_id: int, what: str = REPORTS) -> str:
    return URLSafeSerializer(secret, salt=what).dumps(person_id)


def person_of(secret: str, token: str, what: str = REPORTS) -> int | None:
    """None where nobody signed it."""
    try:
        found = URLSafeSerializer(secret, salt=what).loads(token)
    except BadSignature:
        return None
    return found if isinstance(found, int) else None
