"""Files from strangers: limits by free memory, XML and zip that cannot harm."""
