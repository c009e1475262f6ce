"""Requests that cost their sender little and a careless server much. Over HTTP alone, generated from the document."""
