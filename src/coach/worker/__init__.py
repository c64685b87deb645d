"""The LiveKit Agents side: one job a session, listening to the partner alone."""
