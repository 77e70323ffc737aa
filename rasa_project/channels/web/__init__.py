"""The hospital web widget's channel: server-issued sessions, ordered and resumable conversations."""
