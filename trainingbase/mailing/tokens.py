"""The link in a mail that stops reports: signed with the portal's key, for nothing else."""

from itsdangerous import BadSignature, URLSafeSerializer

SALT = "stop-reports"


def token_of(secret: str, person_id: int) -> str:
    return URLSafeSerializer(secret, salt=SALT).dumps(person_id)


def person_of(secret: str, token: str) -> int | None:
    """None where nobody signed it."""
    try:
        found = URLSafeSerializer(secret, salt=SALT).loads(token)
    except BadSignature:
        return None
    return found if isinstance(found, int) else None
