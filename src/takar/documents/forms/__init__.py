"""The official forms as PDF: `render` takes prepared text and gives bytes; nothing here knows a model."""
