"""The servers ours is measured beside. None of them knows policies, row rules, limits or an access log."""
