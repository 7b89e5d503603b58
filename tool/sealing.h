/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is done with the data of encrypted channels. @master_key is Base64 of 32 bytes, or
 * NULL, which is an error. */

gboolean tool_sealing_is_needed   (const char *channel);

/* Base64: the key of one channel, which an endpoint gives those who may read it. */
char    *tool_sealing_derive_key  (const char *master_key,
                                   const char *channel,
                                   GError    **error);

/* {"nonce": …, "ciphertext": …} */
char    *tool_sealing_seal        (const char *master_key,
                                   const char *channel,
                                   const char *data,
                                   GError    **error);

/* The JSON string that is sent for the JSON of data: a string is its text, and what else it may
 * be is sent as the text that it is. It is sealed if the channel is encrypted. */
char    *tool_sealing_prepare     (const char *master_key,
                                   const char *channel,
                                   const char *data_json,
                                   GError    **error);

char    *tool_sealing_open        (const char *master_key,
                                   const char *channel,
                                   const char *sealed,
                                   GError    **error);

G_END_DECLS
