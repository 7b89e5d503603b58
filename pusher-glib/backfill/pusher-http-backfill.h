/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/backfill/pusher-backfill.h>

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_HTTP_BACKFILL (pusher_http_backfill_get_type ())

PUSHER_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (PusherHttpBackfill, pusher_http_backfill, PUSHER, HTTP_BACKFILL,
                      PusherBackfill)

PUSHER_AVAILABLE_IN_1_0
PusherHttpBackfill *pusher_http_backfill_new                (const char         *url);
PUSHER_AVAILABLE_IN_1_0
const char         *pusher_http_backfill_get_url            (PusherHttpBackfill *self);
PUSHER_AVAILABLE_IN_1_0
void                pusher_http_backfill_set_url            (PusherHttpBackfill *self,
                                                             const char         *url);
PUSHER_AVAILABLE_IN_1_0
SoupSession        *pusher_http_backfill_get_session        (PusherHttpBackfill *self);
PUSHER_AVAILABLE_IN_1_0
void                pusher_http_backfill_set_session        (PusherHttpBackfill *self,
                                                             SoupSession        *session);
PUSHER_AVAILABLE_IN_1_0
const char         *pusher_http_backfill_get_username       (PusherHttpBackfill *self);
PUSHER_AVAILABLE_IN_1_0
void                pusher_http_backfill_set_username       (PusherHttpBackfill *self,
                                                             const char         *username);
PUSHER_AVAILABLE_IN_1_0
void                pusher_http_backfill_set_password       (PusherHttpBackfill *self,
                                                             const char         *password);
PUSHER_AVAILABLE_IN_1_0
const char         *pusher_http_backfill_get_events_pointer (PusherHttpBackfill *self);
PUSHER_AVAILABLE_IN_1_0
void                pusher_http_backfill_set_events_pointer (PusherHttpBackfill *self,
                                                             const char         *pointer);
PUSHER_AVAILABLE_IN_1_0
const char         *pusher_http_backfill_get_more_pointer   (PusherHttpBackfill *self);
PUSHER_AVAILABLE_IN_1_0
void                pusher_http_backfill_set_more_pointer   (PusherHttpBackfill *self,
                                                             const char         *pointer);
PUSHER_AVAILABLE_IN_1_0
const char         *pusher_http_backfill_get_item_id_pointer
                                                            (PusherHttpBackfill *self);
PUSHER_AVAILABLE_IN_1_0
void                pusher_http_backfill_set_item_id_pointer
                                                            (PusherHttpBackfill *self,
                                                             const char         *pointer);
PUSHER_AVAILABLE_IN_1_0
const char         *pusher_http_backfill_get_item_name_pointer
                                                            (PusherHttpBackfill *self);
PUSHER_AVAILABLE_IN_1_0
void                pusher_http_backfill_set_item_name_pointer
                                                            (PusherHttpBackfill *self,
                                                             const char         *pointer);
PUSHER_AVAILABLE_IN_1_0
const char         *pusher_http_backfill_get_item_data_pointer
                                                            (PusherHttpBackfill *self);
PUSHER_AVAILABLE_IN_1_0
void                pusher_http_backfill_set_item_data_pointer
                                                            (PusherHttpBackfill *self,
                                                             const char         *pointer);
PUSHER_AVAILABLE_IN_1_0
gint64              pusher_http_backfill_get_expires_at     (PusherHttpBackfill *self);
PUSHER_AVAILABLE_IN_1_0
void                pusher_http_backfill_set_expires_at     (PusherHttpBackfill *self,
                                                             gint64              expires_at);
PUSHER_AVAILABLE_IN_1_0
void                pusher_http_backfill_renewed            (PusherHttpBackfill *self);
PUSHER_AVAILABLE_IN_1_0
void                pusher_http_backfill_set_header         (PusherHttpBackfill *self,
                                                             const char         *name,
                                                             const char         *value);

G_END_DECLS
