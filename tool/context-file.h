/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "settings.h"

G_BEGIN_DECLS

/* The file of the contexts: each is a group of settings; one of them is in use. */

/* For whoever changes it; without one it is empty. */
GKeyFile     *tool_context_file_open        (GError     **error);
gboolean      tool_context_file_save        (GKeyFile    *file,
                                             GError     **error);

char         *tool_context_file_get_current (GKeyFile    *file);
void          tool_context_file_set_current (GKeyFile    *file,
                                             const char  *name);
gboolean      tool_context_file_has         (GKeyFile    *file,
                                             const char  *name);
GStrv         tool_context_file_list        (GKeyFile    *file);

/* Replaces what there is of that name, with the secrets in the keyring or in the file. */
gboolean      tool_context_file_add         (GKeyFile     *file,
                                             const char   *name,
                                             const ToolSettings *settings,
                                             gboolean      in_keyring,
                                             GError      **error);
/* Fails if there is none. */
gboolean      tool_context_file_remove      (GKeyFile     *file,
                                             const char   *name,
                                             GError      **error);

/* What the context says; without @name the one in use, and nothing if there is none. */
ToolSettings *tool_context_file_load        (const char  *name,
                                             GError     **error);

G_END_DECLS
