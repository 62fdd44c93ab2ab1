"""The page: the only importer of streamlit. It paints, and leaves the thinking to the floors below."""

from geo.ui.page import show_page

__all__ = ["show_page"]
