"""From a present plan: the least change, what would follow if, what a missed wish would cost."""
