"""The Streamlit app: its pages. Started by `raadsvar app`."""

import streamlit as st

from ui import chat
from ui.shared import set_up

set_up()
st.navigation(
    [st.Page(chat.page, title="Spørg", url_path="", default=True)], position="hidden"
).run()
