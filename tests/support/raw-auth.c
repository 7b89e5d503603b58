/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "raw-auth.h"

#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-message-private.h"
#include "protocol/pusher-signature-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "protocol/pusher-user-messages-private.h"

#include <string.h>

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
raw_client_ask_sign_in (RawClient  *self,
                        const char *user_data)
{
  g_autofree char *auth = pusher_signature_for_user (KEY, SECRET, self->socket_id, user_data);
  g_autofree char *text = pusher_sign_in_encode (auth, user_data);

  raw_client_send (self, text);
}

void
raw_client_sign_in (RawClient  *self,
                    const char *user_data)
{
  raw_client_ask_sign_in (self, user_data);
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
