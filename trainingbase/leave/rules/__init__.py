"""How leave is counted, what is refused, who approves, and what it does to the training."""
