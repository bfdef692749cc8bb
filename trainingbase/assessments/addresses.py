"""Where a notice leads."""


def of_request(request_id: int) -> str:
    return f"/assessments/requests/{request_id}"


def of_course(request_id: int) -> str:
    """What became of it, for whoever does not answer it."""
    return f"/assessments/requests/{request_id}/course"


def of_feedback(submission_id: int) -> str:
    return f"/assessments/feedback/{submission_id}"


def of_submission(submission_id: int) -> str:
    return f"/assessments/submissions/{submission_id}"


LATE = "/assessments/requests?state=late"
EXPIRED = "/assessments/requests?state=expired"
OWED = "/assessments/"
GUESTS = "/assessments/guests?state=open"
