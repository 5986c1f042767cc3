"""One page, or family of pages, a file: from what is held in memory and a view to what the page says."""
