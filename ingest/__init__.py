"""From briefing files to extractions."""
