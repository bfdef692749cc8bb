"""Pure rules of examinations: who sits, what differs, when one goes where, who passes."""
