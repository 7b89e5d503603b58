# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The texts in the language of the user."""

import gettext
import locale
import os

DOMAIN = "pusher-glib-examples"
# Like gettext(1), it can be told where the translations are if they are not installed.
DIRECTORY = os.environ.get("TEXTDOMAINDIR")

# The one is for the texts of the program, the other for those that GTK finds in .ui files.
gettext.bindtextdomain(DOMAIN, DIRECTORY)
gettext.textdomain(DOMAIN)
locale.bindtextdomain(DOMAIN, DIRECTORY)
locale.textdomain(DOMAIN)

_ = gettext.gettext
