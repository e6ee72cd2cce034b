"""The Streamlit app: its pages, and who sees which. Started by `raadsvar app`."""

import streamlit as st

from ui.ask.page import page as ask
from ui.shared import set_up

set_up()
st.navigation([st.Page(ask, title="Spørg", url_path="", default=True)], position="hidden").run()
