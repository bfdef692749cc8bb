"""What residents wish for before a plan is made: rounds, answers, deadlines."""
