/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "raw-client.h"

#include <pusher-glib/testing/pusher-test.h>

G_BEGIN_DECLS

/* A RawClient that has credentials, signed for the default app. */
void raw_client_ask_signed       (RawClient  *self,
                                  const char *channel,
                                  const char *channel_data);
void raw_client_subscribe_signed (RawClient  *self,
                                  const char *channel);
void raw_client_join             (RawClient  *self,
                                  const char *channel,
                                  const char *channel_data,
                                  const char *snapshot);
void raw_client_ask_sign_in      (RawClient  *self,
                                  const char *user_data);
void raw_client_sign_in          (RawClient  *self,
                                  const char *user_data);
void raw_client_expect_data      (RawClient  *self,
                                  const char *event,
                                  const char *channel,
                                  const char *data);
void raw_client_expect_part      (RawClient  *self,
                                  const char *part);

G_END_DECLS
