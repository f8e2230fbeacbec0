"""A scan is a scan wherever the focus is: it opens its paper and leaves what was typed as it stood."""
