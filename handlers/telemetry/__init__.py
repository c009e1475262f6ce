"""What a running server tells about itself: log lines, metrics, traces."""
