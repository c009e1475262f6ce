"""What works beside the event loop: threads for requests, processes for files, a thread that cleans up."""
