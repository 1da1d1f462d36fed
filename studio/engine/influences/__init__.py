"""What takes part in sampling: masks, what is known of a picture, the watch of a run. One file each."""
