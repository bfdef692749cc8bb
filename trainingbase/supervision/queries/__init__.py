"""Questions about who supervises whom."""
