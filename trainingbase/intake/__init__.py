"""From applicant to resident: intakes, scores, decisions, and reporting in."""
