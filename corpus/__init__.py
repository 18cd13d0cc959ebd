"""What was published, read exactly, with date, speakers and history."""
