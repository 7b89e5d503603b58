/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "chat-settings.h"

G_BEGIN_DECLS

void chat_options_add_to (GApplication *application);

/* What the command line says counts more than the settings that were saved. */
void chat_options_apply  (GVariantDict *dict,
                          ChatSettings *settings);

G_END_DECLS
