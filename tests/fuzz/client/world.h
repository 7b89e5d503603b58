/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "client/pusher-client.h"
#include "input.h"

G_BEGIN_DECLS

/* What all parts of the fuzzer see. There is one world at a time. */
typedef struct
{
  GMainContext *context;
  gint64 now;     /* of the clock, in µs */
  gboolean peace; /* nobody does anything unasked any more, and all goes well */
  guint depth;    /* of handlers that act */

  guint first_name; /* of the channels of this world */
  guint n_names;
  guint key_index;       /* of the key that events are encrypted with now */
  gboolean prompt;       /* the server answers at once, and well */
  gboolean slow;         /* handlers often take their time */
  gboolean cramped;      /* the client has had room for little */
  gboolean catches_up;   /* channels may hold what arrives, and have it from elsewhere */
  GPtrArray *transports; /* of PusherTransport, not owned: all there are */
  guint n_events;        /* that are numbered */
  gint64 expected;       /* the event that the client has just read, and tells of next */
  guint n_connections;   /* that the server has established */
  guint n_objects;       /* that have to be freed in the end */
} World;

extern World world;

#define N_CHANNEL_NAMES 10
#define N_USER_IDS 6
#define N_KEYS 3

/* {"n":NUMBER}, where the number grows from one to the next */
#define WORLD_NUMBERED_EVENT "count"

extern const char *const world_user_ids[N_USER_IDS];

/* What happens to few channels happens to the same ones. */
const char *world_draw_channel (void);
const char *world_get_channel  (guint index);

gint64 world_get_number (const char *data);

void  world_start       (void);
void  world_end         (void);
void  world_iterate     (guint         n);
void  world_settle      (void);
void  world_advance     (gint64        time);
void  world_set_clock   (PusherClient *client);
char *world_dup_key     (guint         index);
char *world_encrypt     (guint         index,
                         const char   *text);
void  world_track       (gpointer      object);
void  world_tell          (const char   *format,
                           ...) G_GNUC_PRINTF (1, 2);
void  world_fail        (const char   *format,
                         ...) G_GNUC_PRINTF (1, 2) G_GNUC_NORETURN;

#define world_check(condition, ...) \
  G_STMT_START \
    { \
      if (!(condition)) \
        world_fail (__VA_ARGS__); \
    } \
  G_STMT_END

G_END_DECLS
