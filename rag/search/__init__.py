"""Finding passages: the indexes over the catalogue, and the retriever."""
