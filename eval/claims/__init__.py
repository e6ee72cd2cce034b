"""The gate's yardstick: true sentences, and false ones with one part changed."""
