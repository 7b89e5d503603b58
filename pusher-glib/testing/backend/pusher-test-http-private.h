/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Errors whose code is the HTTP status of the answer. */
#define PUSHER_TEST_HTTP_ERROR (pusher_test_http_error_quark ())
GQuark pusher_test_http_error_quark (void);

gboolean pusher_test_http_fail         (GError           **error,
                                        guint              status,
                                        const char        *format,
                                        ...) G_GNUC_PRINTF (3, 4);
gboolean pusher_test_http_check_method (SoupServerMessage *message,
                                        const char        *method,
                                        const char        *what,
                                        GError           **error);
gboolean pusher_test_http_check_text   (GHashTable        *form,
                                        GError           **error);
void     pusher_test_http_answer       (SoupServerMessage *message,
                                        const GError      *error,
                                        const char        *text);
gboolean pusher_test_http_is_socket_id (const char        *text);

G_END_DECLS
