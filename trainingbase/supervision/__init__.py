"""Who supervises which placement: assigning, workload, teaching record, hand-over."""
