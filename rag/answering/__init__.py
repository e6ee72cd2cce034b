"""From passages found to what answers: candidates, the reader, one decision."""
