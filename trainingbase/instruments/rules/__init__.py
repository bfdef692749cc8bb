"""Pure rules of forms: scales, scores, what is wrong with a form, what differs between two."""
