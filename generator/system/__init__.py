"""Files, processes and what is kept between two runs. Knows nothing of errors."""
