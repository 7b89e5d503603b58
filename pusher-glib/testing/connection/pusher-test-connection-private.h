/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-connection-types-private.h"

G_BEGIN_DECLS

#define PUSHER_TEST_TYPE_CONNECTION (pusher_test_connection_get_type ())
G_DECLARE_FINAL_TYPE (PusherTestConnection, pusher_test_connection, PUSHER_TEST, CONNECTION, GObject)

/* What the signal "report" tells of */
typedef enum
{
  PUSHER_TEST_REPORT_MESSAGE_RECEIVED, /* its text, as those of the others follow */
  PUSHER_TEST_REPORT_SUBSCRIBED,       /* the name of the channel */
  PUSHER_TEST_REPORT_UNSUBSCRIBED,     /* the same */
  PUSHER_TEST_REPORT_VIOLATION,        /* the rule that the client broke */
  PUSHER_TEST_N_REPORTS
} PusherTestReport;

/* Answers a request whose data has been checked. */
typedef void (*PusherTestAnswerFunc) (PusherTestConnection *self,
                                      JsonObject           *data);

const char *pusher_test_connection_get_socket_id (PusherTestConnection *self);
void        pusher_test_connection_report        (PusherTestConnection *self,
                                                  PusherTestReport      report,
                                                  const char           *text);
void        pusher_test_connection_welcome       (PusherTestConnection *self,
                                                  PusherTestApp        *app,
                                                  const char           *first_message,
                                                  guint                 delay);
void        pusher_test_connection_answer        (PusherTestConnection *self,
                                                  PusherTestAnswerFunc  answer,
                                                  JsonObject           *data);
void        pusher_test_connection_answer_held   (PusherTestConnection *self);
void        pusher_test_connection_leave         (PusherTestConnection *self);
void        pusher_test_connection_refuse        (PusherTestConnection *self,
                                                  guint                 code,
                                                  const char           *message);
void        pusher_test_connection_close         (PusherTestConnection *self,
                                                  guint                 code,
                                                  const char           *reason);
void        pusher_test_connection_hang_up       (PusherTestConnection *self);
void        pusher_test_connection_end           (PusherTestConnection *self,
                                                  guint                 code);
void        pusher_test_connection_send_error    (PusherTestConnection *self,
                                                  const char           *channel,
                                                  guint                 code,
                                                  const char           *message);

/* pusher-test-connection-complaints.c, above that */
void     pusher_test_connection_complain      (PusherTestConnection *self,
                                               const char           *format,
                                               ...) G_GNUC_PRINTF (2, 3);
gboolean pusher_test_connection_check_members (PusherTestConnection *self,
                                               JsonObject           *object,
                                               const char           *where,
                                               const char *const    *allowed);
gboolean pusher_test_connection_check_data    (PusherTestConnection *self,
                                               const char           *event,
                                               JsonObject           *data,
                                               const char *const    *allowed);

/* pusher-test-connection-subscriptions.c, -client-events.c and -user.c, above those */
void  pusher_test_connection_handle_subscribe    (PusherTestConnection *self,
                                                  const char           *event,
                                                  JsonObject           *data);
void  pusher_test_connection_handle_unsubscribe  (PusherTestConnection *self,
                                                  const char           *event,
                                                  JsonObject           *data);
void  pusher_test_connection_handle_client_event (PusherTestConnection *self,
                                                  const char           *event,
                                                  JsonObject           *message);
void  pusher_test_connection_handle_sign_in      (PusherTestConnection *self,
                                                  const char           *event,
                                                  JsonObject           *data);
guint pusher_test_connection_terminate_user      (PusherTestApp        *app,
                                                  const char           *id);

/* pusher-test-connection-limits.c and -reverb.c, above those */
gboolean pusher_test_connection_check_limits     (PusherTestConnection *self,
                                                  gsize                 length);
void     pusher_test_connection_handle_as_reverb (PusherTestConnection *self,
                                                  const char           *text,
                                                  gsize                 length);

/* pusher-test-connection-messages.c, on top */
PusherTestConnection *pusher_test_connection_new (PusherTestPeer     *peer,
                                                  PusherTestSettings *settings);

G_END_DECLS
