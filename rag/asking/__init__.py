"""Reading a question: what it asks for, of which documents."""
