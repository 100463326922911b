"""Who publishes headlines: one TOML file an outlet, in data/."""
