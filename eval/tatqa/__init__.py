"""TAT-QA: questions on tables and text of annual reports, by others, with others' measure."""
