"""What the pages of this room show: readers that turn rows and stored decisions into words, numbers and drawings."""
