"""Scripts that train the models in newscrawl/data/models."""
