"""Where a notice leads."""


def of_request(request_id: int) -> str:
    return f"/assessments/requests/{request_id}"


def of_feedback(submission_id: int) -> str:
    return f"/assessments/feedback/{submission_id}"


def of_submission(submission_id: int) -> str:
    return f"/assessments/submissions/{submission_id}"


OWED = "/assessments/"
GUESTS = "/assessments/guests?state=open"
