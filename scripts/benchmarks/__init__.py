"""What `scripts/bench` is made of: data in bulk, servers side by side, a load client, and the table at the end."""
