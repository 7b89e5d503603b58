/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "raw-auth.h"

#include <string.h>

#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-message-private.h"
#include "protocol/pusher-signature-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "protocol/pusher-user-messages-private.h"

#define KEY "test-key"
#define SECRET "test-secret"

/* @channel_data: (nullable): */
void
raw_client_ask_signed (RawClient  *self,
                       const char *channel,
                       const char *channel_data)
{
  g_autofree char *auth =
    pusher_signature_for_channel (KEY, SECRET, self->socket_id, channel, channel_data);
  g_autofree char *text =
    pusher_subscription_encode (PUSHER_MESSAGE_SUBSCRIBE, channel, auth, channel_data);

  raw_client_send (self, text);
}

void
raw_client_subscribe_signed (RawClient  *self,
                             const char *channel)
{
  raw_client_ask_signed (self, channel, NULL);
  raw_client_expect_data (self, PUSHER_MESSAGE_SUBSCRIBED, channel, "{}");
}

void
raw_client_join (RawClient  *self,
                 const char *channel,
                 const char *channel_data,
                 const char *snapshot)
{
  raw_client_ask_signed (self, channel, channel_data);
  raw_client_expect_data (self, PUSHER_MESSAGE_SUBSCRIBED, channel, snapshot);
}

void
raw_client_ask_signin (RawClient  *self,
                       const char *user_data)
{
  g_autofree char *auth = pusher_signature_for_user (KEY, SECRET, self->socket_id, user_data);
  g_autofree char *text = pusher_signin_encode (auth, user_data);

  raw_client_send (self, text);
}

void
raw_client_sign_in (RawClient  *self,
                    const char *user_data)
{
  raw_client_ask_signin (self, user_data);
  raw_client_expect_part (self, "\"pusher:signin_success\"");
}

/* Expects a message whose data is in a string. @channel: (nullable): */
void
raw_client_expect_data (RawClient  *self,
                        const char *event,
                        const char *channel,
                        const char *data)
{
  g_autofree char *data_json = pusher_json_quote (data);
  g_autofree char *text = pusher_message_encode (event, channel, data_json);

  raw_client_expect (self, text);
}

void
raw_client_expect_part (RawClient  *self,
                        const char *part)
{
  g_autofree char *got = raw_client_take (self);

  if (strstr (got, part) == NULL)
    g_error ("There is no %s in %s", part, got);
}

static void
sent_cb (GObject      *session,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(GBytes **) user_data =
    soup_session_send_and_read_finish (SOUP_SESSION (session), result, &error);
  g_assert_no_error (error);
}

/* Returns: the HTTP status */
guint
raw_post_form (const char *uri,
               const char *form,
               char      **reply)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message =
    soup_message_new_from_encoded_form ("POST", uri, g_strdup (form));
  GBytes *body = NULL;

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, sent_cb, &body);
  wait_until (body != NULL);

  if (reply != NULL)
    *reply = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_bytes_unref (body);

  return soup_message_get_status (message);
}
